import type {
  ChangeOrigin,
  PooledDatabase,
  PooledDatabaseChange,
  TenantRecord,
} from '@objectstack/spec/contracts';
import type { ProvisioningStep } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { isPostgres } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables } from './registry-tables.js';
import { holdTemplate } from './template-table.js';
import { createTenant, findByRequestKey } from './tenant-table.js';
import { toPooledDatabase, toPoolRow } from './to-pooled-database.js';
import { toStepRow } from './to-provisioning-step.js';

/*
 * The tenant and its database are joined in one transaction: it removes the database from the pool and adds the tenant. So
 * there is no moment at which a database is neither in the pool nor a tenant's.
 */

type Database = Kysely<RegistryTables>;

/** Must be called in a transaction: the template must not be deleted before the record is added. */
export async function addPooledDatabase(db: Database, record: PooledDatabase): Promise<void> {
  await db.insertInto('_os_control_pool').values(toPoolRow(record)).execute();
  if (record.templateDatabase !== null) await holdTemplate(db, record.templateDatabase);
}

export async function listPooledDatabases(db: Database): Promise<PooledDatabase[]> {
  const rows = await db
    .selectFrom('_os_control_pool')
    .select(REGISTRY_COLUMNS._os_control_pool)
    .orderBy('tenant_id')
    .execute();
  return rows.map(toPooledDatabase);
}

export async function changePooledDatabase(
  db: Database,
  tenantId: string,
  { from, change }: { from: PooledDatabase['status']; change: PooledDatabaseChange },
): Promise<boolean> {
  const { status, url, owner, usedAt } = change;
  const { numUpdatedRows } = await db
    .updateTable('_os_control_pool')
    .set({
      status: status ?? from,
      ...(url !== undefined && { url }),
      ...(owner !== undefined && { owner }),
      ...(usedAt !== undefined && { used_at: usedAt }),
    })
    .where('tenant_id', '=', tenantId)
    .where('status', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Removes the records of its deployments too, which would keep the bundle from being removed. */
export async function removePooledDatabase(db: Database, tenantId: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('_os_control_pool')
    .where('tenant_id', '=', tenantId)
    .where('status', '=', 'deleting')
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  await db.deleteFrom('_os_control_deployment').where('tenant_id', '=', tenantId).execute();
}

/** In PostgreSQL, concurrent claims skip the rows that others have locked instead of waiting for them. */
async function takeReady(db: Database, poolKey: string): Promise<PooledDatabase | null> {
  const ready = db
    .selectFrom('_os_control_pool')
    .select('tenant_id')
    .where('pool_key', '=', poolKey)
    .where('status', '=', 'ready')
    .orderBy('used_at')
    .limit(1);
  const row = await db
    .deleteFrom('_os_control_pool')
    .where('tenant_id', 'in', isPostgres(db) ? ready.forUpdate().skipLocked() : ready)
    .returning(REGISTRY_COLUMNS._os_control_pool)
    .executeTakeFirst();
  return row ? toPooledDatabase(row) : null;
}

const withDatabase = (record: TenantRecord, pooled: PooledDatabase): TenantRecord => ({
  ...record,
  tenant: {
    ...record.tenant,
    id: pooled.tenantId,
    connectionConfig: { url: pooled.url ?? '', databaseName: pooled.databaseName },
  },
  databaseName: pooled.databaseName,
  requestedRegion: pooled.region,
  templateDatabase: pooled.templateDatabase,
});

/** Thrown to roll the transaction back. */
class AlreadyRequested extends Error {}

/** The caller passes how to run a transaction: one that has claimed a database in vain is rolled back. */
export async function claimPooledDatabase(
  db: Database,
  inTransaction: <T>(work: (db: Database) => Promise<T>) => Promise<T>,
  {
    poolKey,
    record,
    steps,
    by,
  }: {
    poolKey: string;
    record: TenantRecord;
    steps: readonly ProvisioningStep[];
    by?: ChangeOrigin | undefined;
  },
): Promise<{ record: TenantRecord; created: boolean } | null> {
  const { tenant, requestKey } = record;
  const requested = () =>
    requestKey === null ? null : findByRequestKey(db, tenant.organizationId, requestKey);
  const existing = await requested();
  if (existing) return { record: existing, created: false };
  try {
    return await inTransaction(async (transaction) => {
      const pooled = await takeReady(transaction, poolKey);
      if (!pooled) return null;
      const claimed = withDatabase(record, pooled);
      const result = await createTenant(transaction, claimed, { by, isCopied: true });
      if (!result.created) throw new AlreadyRequested();
      const rows = steps.map((step) => toStepRow(pooled.tenantId, step));
      if (rows.length > 0) await transaction.insertInto('_os_control_step').values(rows).execute();
      return result;
    });
  } catch (error) {
    const found = error instanceof AlreadyRequested ? await requested() : null;
    if (!found) throw error;
    return { record: found, created: false };
  }
}
