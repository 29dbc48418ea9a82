import type {
  ChangeOrigin,
  TenantCopy,
  TenantCopyChange,
  TenantCopyQuery,
} from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { type AuditedChange, addAuditEntries } from './audit-table.js';
import { lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { CopyRow, RegistryTables } from './registry-tables.js';
import { toCopyRow, toTenantCopy } from './to-tenant-copy.js';

type Database = Kysely<RegistryTables>;

/** Must be called in a transaction. */
export async function addTenantCopy(
  db: Database,
  copy: TenantCopy,
  by: ChangeOrigin | undefined,
): Promise<void> {
  await db.insertInto('_os_control_copy').values(toCopyRow(copy)).execute();
  const { tenantId, kind, status, id } = copy;
  if (kind === 'export') await addAuditEntries(db, [{ tenantId, action: 'export_tenant' }], by);
  else if (status === 'ready')
    await addAuditEntries(db, [{ tenantId, action: 'create_backup', after: id }], by);
}

export async function getTenantCopy(db: Database, id: string): Promise<TenantCopy | null> {
  const row = await db
    .selectFrom('_os_control_copy')
    .select(REGISTRY_COLUMNS._os_control_copy)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toTenantCopy(row) : null;
}

/** Latest first. */
export async function listTenantCopies(
  db: Database,
  { tenantId, expiresBefore }: TenantCopyQuery,
): Promise<TenantCopy[]> {
  const rows = await db
    .selectFrom('_os_control_copy')
    .select(REGISTRY_COLUMNS._os_control_copy)
    .$if(tenantId !== undefined, (query) => query.where('tenant_id', '=', tenantId ?? ''))
    .$if(expiresBefore !== undefined, (query) => query.where('expires_at', '<', expiresBefore ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toTenantCopy);
}

/** Databases that are only being prepared are no backups. */
function auditedChanges({ kind, tenant_id: tenantId, id }: CopyRow, status: TenantCopyChange['status']) {
  const changes: AuditedChange[] = [];
  if (kind === 'staging' || kind === 'export') return changes;
  if (status === 'ready') changes.push({ tenantId, action: 'create_backup', after: id });
  if (status === 'deleting') changes.push({ tenantId, action: 'delete_backup', before: id });
  return changes;
}

/** Must be called in a transaction. */
export async function changeTenantCopy(
  db: Database,
  id: string,
  {
    from,
    change,
    by,
  }: {
    from: TenantCopy['status'];
    change: TenantCopyChange & { readonly expiresBefore?: string };
    by?: ChangeOrigin | undefined;
  },
): Promise<boolean> {
  const { status, expiresAt, expiresBefore } = change;
  const query = db
    .selectFrom('_os_control_copy')
    .select(REGISTRY_COLUMNS._os_control_copy)
    .where('id', '=', id);
  const row = await lockedRow(db, query).executeTakeFirst();
  if (row?.status !== from) return false;
  if (expiresBefore !== undefined && !(row.expires_at !== null && row.expires_at < expiresBefore))
    return false;
  await db
    .updateTable('_os_control_copy')
    .set({ status: status ?? from, ...(expiresAt !== undefined && { expires_at: expiresAt }) })
    .where('id', '=', id)
    .execute();
  if (status !== from) await addAuditEntries(db, auditedChanges(row, status), by);
  return true;
}

/** Removes the records of deployments to a database that never became a tenant's: they would keep the bundle. */
export async function removeTenantCopy(db: Database, id: string): Promise<void> {
  const row = await db
    .deleteFrom('_os_control_copy')
    .where('id', '=', id)
    .where('status', '=', 'deleting')
    .returning('tenant_id')
    .executeTakeFirst();
  if (!row) return;
  const { tenant_id: tenantId } = row;
  const tenant = await db
    .selectFrom('_os_control_tenant')
    .select('id')
    .where('id', '=', tenantId)
    .executeTakeFirst();
  if (tenant) return;
  await db.deleteFrom('_os_control_deployment').where('tenant_id', '=', tenantId).execute();
}

/** Removes the record of a copy that becomes the database of a tenant; null unless it is being created. */
export async function takeTenantCopy(db: Database, id: string): Promise<TenantCopy | null> {
  const row = await db
    .deleteFrom('_os_control_copy')
    .where('id', '=', id)
    .where('status', '=', 'creating')
    .returning(REGISTRY_COLUMNS._os_control_copy)
    .executeTakeFirst();
  return row ? toTenantCopy(row) : null;
}
