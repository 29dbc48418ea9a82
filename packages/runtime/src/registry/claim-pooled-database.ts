import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Kysely } from 'kysely';
import { claimByStatement } from './claim-by-statement.js';
import { CompiledQueries } from './compiled-queries.js';
import { isPostgres, readCommitted } from './is-postgres.js';
import { NO_CHANNEL, type PoolClaim } from './pool-claim.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { PoolRow, RegistryTables } from './registry-tables.js';
import { createTenant, findByRequestKey } from './tenant-table.js';
import { withPooledDatabase } from './to-pooled-database.js';
import { toStepRow } from './to-provisioning-step.js';

/*
 * The tenant and its database are joined in one transaction: it removes the database from the pool and adds the tenant. So
 * there is no moment at which a database is neither in the pool nor a tenant's. In PostgreSQL, each statement is a request to
 * the server, so the transaction is one statement; SQLite has no such statement.
 */

type Database = Kysely<RegistryTables>;

async function takeReady(
  db: Database,
  { poolKey, ifNoReleaseIn: channel = NO_CHANNEL }: PoolClaim,
): Promise<PoolRow | null> {
  const [row] = await new CompiledQueries(db).run('take pooled', { poolKey, channel }, (one, args) => {
    const release = one
      .selectFrom('_os_control_channel')
      .select('release_name')
      .where('name', '=', args.channel)
      .where('release_name', 'is not', null);
    const ready = one
      .selectFrom('_os_control_pool')
      .select('tenant_id')
      .where('pool_key', '=', args.poolKey)
      .where('status', '=', 'ready')
      .where('url', 'is not', null)
      .where(({ not, exists }) => not(exists(release)))
      .orderBy('used_at')
      .limit(1);
    return one
      .deleteFrom('_os_control_pool')
      .where('tenant_id', 'in', ready)
      .returning(REGISTRY_COLUMNS._os_control_pool);
  });
  return (row as PoolRow | undefined) ?? null;
}

/** Thrown to roll the transaction back. */
class AlreadyRequested extends Error {}

async function claimInTransaction(db: Database, claim: PoolClaim) {
  const pooled = await takeReady(db, claim);
  if (!pooled) return null;
  const { record, steps, by } = claim;
  const claimed = withPooledDatabase(record, pooled);
  const result = await createTenant(db, claimed, { by, isCopied: true });
  if (!result.created) throw new AlreadyRequested();
  const rows = steps.map((step) => toStepRow(pooled.tenant_id, step));
  if (rows.length > 0) await new CompiledQueries(db).insert('_os_control_step', rows);
  return result.record;
}

const isRequested = (error: unknown) =>
  error instanceof AlreadyRequested || ObjectStackError.isInstance(error, 'unique_violation');

/** See {@link IDatabasePool.claimPooledDatabase}. Of several claims with one request key, those that lose are rolled back. */
export async function claimPooledDatabase(
  db: Database,
  claim: PoolClaim,
): Promise<{ record: TenantRecord; created: boolean } | null> {
  const { tenant, requestKey } = claim.record;
  const requested = () =>
    requestKey === null ? null : findByRequestKey(db, tenant.organizationId, requestKey);
  const existing = await requested();
  if (existing) return { record: existing, created: false };
  try {
    const record = isPostgres(db)
      ? await claimByStatement(db, claim)
      : await readCommitted(db).execute((transaction) => claimInTransaction(transaction, claim));
    return record && { record, created: true };
  } catch (error) {
    const found = isRequested(error) ? await requested() : null;
    if (!found) throw error;
    return { record: found, created: false };
  }
}
