import type { ChangeOrigin, TenantNamesChange, TenantRecord } from '@objectstack/spec/contracts';
import { type Kysely, sql } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import { addAuditEntries } from './audit-table.js';
import { isPostgres, lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables, TenantNameRow, TenantRow } from './registry-tables.js';
import { toTenantRecord } from './to-tenant-record.js';

type Database = Kysely<RegistryTables>;
type Kind = TenantNameRow['kind'];

interface Claim {
  readonly tenantId: string;
  readonly kind: Kind;
  readonly names: readonly string[];
}

/** Rolls the transaction back when another tenant has one of the names. */
class NameTaken extends Error {}

/** Locks the row of the tenant, so that concurrent changes of its names run one after the other. */
async function writeColumns(
  db: Database,
  tenantId: string,
  { slug, hostnames }: TenantNamesChange,
): Promise<void> {
  const columns: Partial<TenantRow> = {
    ...(slug !== undefined && { slug }),
    ...(hostnames !== undefined && { hostnames: JSON.stringify(hostnames) }),
  };
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set({ id: tenantId, ...columns })
    .where('id', '=', tenantId)
    .where('destroyed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw tenantNotFound();
}

/** Removes rows of the names that are free: the tenant's own, expired reservations, and those of destroyed tenants. */
async function deleteFree(db: Database, { tenantId, kind, names }: Claim, now: string): Promise<void> {
  const destroyed = db.selectFrom('_os_control_tenant').select('id').where('destroyed_at', 'is not', null);
  await db
    .deleteFrom('_os_control_tenant_name')
    .where('kind', '=', kind)
    .where('name', 'in', [...names])
    .where((eb) =>
      eb.or([
        eb('tenant_id', '=', tenantId),
        eb('reserved_until', '<=', now),
        eb('tenant_id', 'in', destroyed),
      ]),
    )
    .execute();
}

/** Waits for a concurrent transaction that adds one of the names. In sorted order, so that none waits for the other. */
async function insertNames(db: Database, { tenantId, kind, names }: Claim): Promise<void> {
  for (const name of [...names].sort()) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('_os_control_tenant_name')
      .values({ kind, name, tenant_id: tenantId, reserved_until: null })
      .onConflict((conflict) => conflict.columns(['kind', 'name']).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) throw new NameTaken();
  }
}

async function claimNames(db: Database, claim: Claim, now: string): Promise<void> {
  if (claim.names.length === 0) return;
  await deleteFree(db, claim, now);
  await insertNames(db, claim);
}

const currentNames = (db: Database, tenantId: string, kind: Kind) => ({
  reserve: (reservedUntil: string) =>
    db
      .updateTable('_os_control_tenant_name')
      .set({ reserved_until: reservedUntil })
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', kind)
      .where('reserved_until', 'is', null)
      .execute(),
  remove: () =>
    db
      .deleteFrom('_os_control_tenant_name')
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', kind)
      .execute(),
});

async function changeNames(db: Database, tenantId: string, change: TenantNamesChange): Promise<void> {
  const { slug, hostnames, now, reservedUntil } = change;
  if (isPostgres(db)) await sql`select pg_advisory_xact_lock(${sql.lit(7_203_104_882)})`.execute(db);
  await writeColumns(db, tenantId, change);
  if (slug !== undefined) {
    await currentNames(db, tenantId, 'slug').reserve(reservedUntil);
    await claimNames(db, { tenantId, kind: 'slug', names: slug === null ? [] : [slug] }, now);
  }
  if (hostnames !== undefined) {
    await currentNames(db, tenantId, 'hostname').remove();
    await claimNames(db, { tenantId, kind: 'hostname', names: hostnames }, now);
  }
}

const namesOf = ({ tenant: { slug, hostnames } }: TenantRecord) =>
  [slug, ...(hostnames ?? [])].filter((name) => name !== undefined && name !== '').join(' ');

async function record(db: Database, tenantId: string): Promise<TenantRecord> {
  const query = db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('id', '=', tenantId);
  const row = await lockedRow(db, query).executeTakeFirst();
  if (!row) throw tenantNotFound();
  return toTenantRecord(row);
}

async function auditNames(
  db: Database,
  { before, after }: { before: TenantRecord; after: TenantRecord },
  by: ChangeOrigin | undefined,
): Promise<void> {
  const [from, to] = [namesOf(before), namesOf(after)];
  if (from === to) return;
  const change = { tenantId: after.tenant.id, action: 'change_tenant_names' } as const;
  await addAuditEntries(db, [{ ...change, before: from || undefined, after: to || undefined }], by);
}

/** Runs in a transaction that `inTransaction` rolls back when a name is taken. */
export async function writeTenantNames(
  inTransaction: (work: (db: Database) => Promise<TenantRecord>) => Promise<TenantRecord>,
  tenantId: string,
  { by, ...change }: TenantNamesChange & { by?: ChangeOrigin | undefined },
): Promise<TenantRecord | null> {
  try {
    return await inTransaction(async (db) => {
      const before = await record(db, tenantId);
      await changeNames(db, tenantId, change);
      const after = await record(db, tenantId);
      await auditNames(db, { before, after }, by);
      return after;
    });
  } catch (error) {
    if (error instanceof NameTaken) return null;
    throw error;
  }
}
