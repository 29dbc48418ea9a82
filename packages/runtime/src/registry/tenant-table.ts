import type { ChangeOrigin, LeaseRequest, TenantQuery, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Insertable, Kysely } from 'kysely';
import { addAuditEntries } from './audit-table.js';
import { CompiledQueries } from './compiled-queries.js';
import { createdBefore } from './created-before.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { beginStep } from './step-table.js';
import { holdTemplate } from './template-table.js';
import { newTenantRecord, toTenantRecord, toTenantRow } from './to-tenant-record.js';

type Database = Kysely<RegistryTables>;

export async function getTenant(db: Database, tenantId: string): Promise<TenantRecord | null> {
  const row = (await readTenantRows(new CompiledQueries(db), [tenantId])).get(tenantId);
  return row ? toTenantRecord(row) : null;
}

/** Rows of tenants by their ids; unknown ones are absent. */
export async function readTenantRows(
  queries: CompiledQueries,
  tenantIds: readonly string[],
): Promise<Map<string, TenantRow>> {
  const rows = await queries.rows(`tenant rows ${tenantIds.length}`, tenantIds, (db) =>
    db
      .selectFrom('_os_control_tenant')
      .select(REGISTRY_COLUMNS._os_control_tenant)
      .where('id', 'in', [...tenantIds]),
  );
  return new Map(rows.map((row) => [row.id, row as TenantRow]));
}

export async function findByRequestKey(
  db: Database,
  organizationId: string,
  requestKey: string,
): Promise<TenantRecord | null> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('organization_id', '=', organizationId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst();
  return row ? toTenantRecord(row) : null;
}

async function getByRequestKey(db: Database, { tenant, requestKey }: TenantRecord): Promise<TenantRecord> {
  const record = await findByRequestKey(db, tenant.organizationId, requestKey ?? '');
  if (record) return record;
  throw new ObjectStackError({
    code: 'internal',
    message:
      'A row of the control database is missing directly after it was written. Check that no other program changes it.',
  });
}

/** Fencing token of the first lease of a tenant. */
const FIRST_LEASE = 1;

/** Adds the row, unless the organization has one with the request key. */
async function addTenant(db: Database, row: Insertable<RegistryTables['_os_control_tenant']>) {
  const added = await new CompiledQueries(db).run('add tenant', row, (one, values) =>
    one
      .insertInto('_os_control_tenant')
      .values(values)
      .onConflict((conflict) => conflict.columns(['organization_id', 'request_key']).doNothing())
      .returning('id'),
  );
  return added.length === 1;
}

/** `isCopied`: the database is a copy already, so its template may be deleted. */
export async function createTenant(
  db: Database,
  record: TenantRecord,
  {
    by,
    lease,
    isCopied = false,
  }: { by?: ChangeOrigin | undefined; lease?: LeaseRequest | undefined; isCopied?: boolean } = {},
): Promise<{ record: TenantRecord; created: boolean; lease?: number }> {
  const row = toTenantRow(record);
  const created = await addTenant(db, {
    ...row,
    ...(lease && { lease_token: FIRST_LEASE, lease_until: lease.until }),
  });
  const { id: tenantId, provisioningStatus: after } = record.tenant;
  if (created && !isCopied && record.templateDatabase !== null)
    await holdTemplate(db, record.templateDatabase);
  if (created) await addAuditEntries(db, [{ tenantId, action: 'create_tenant', after }], by);
  if (created && lease?.step)
    await beginStep(db, tenantId, { name: lease.step, at: lease.now, lease: FIRST_LEASE });
  return {
    record: created ? newTenantRecord(row) : await getByRequestKey(db, record),
    created,
    ...(created && lease && { lease: FIRST_LEASE }),
  };
}

/** Tenants of the organization that are not destroyed, oldest first. */
export async function listTenants(db: Database, organizationId: string): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('organization_id', '=', organizationId)
    .where('destroyed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toTenantRecord);
}

/** Tenants of a page that are not destroyed, latest first. */
export async function findTenants(
  db: Database,
  { organizationId, status, after, limit }: TenantQuery,
): Promise<TenantRecord[]> {
  let query = db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('destroyed_at', 'is', null);
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after) query = query.where(createdBefore(after));
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toTenantRecord);
}

/** All tenants, including destroyed ones. */
export async function listAllTenants(db: Database): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .orderBy('id')
    .execute();
  return rows.map(toTenantRecord);
}

export async function listOverdue(db: Database, now: string): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('deadline_at', '<', now)
    .where('destroyed_at', 'is', null)
    .orderBy('deadline_at')
    .execute();
  return rows.map(toTenantRecord);
}

/** A reservation of the lease ends at its timestamp, also if its process was killed. */
export async function listAbandoned(db: Database, now: string): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('status', '=', 'provisioning')
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toTenantRecord);
}
