import type { TenantChange, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import { connectionColumns, toTenantRecord, toTenantRow } from './registry-rows.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { endStep } from './step-table.js';
import { tenantStatusesBefore } from './tenant-status-transitions.js';

type Database = Kysely<RegistryTables>;

export async function getTenant(db: Database, tenantId: string): Promise<TenantRecord | null> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .selectAll()
    .where('id', '=', tenantId)
    .executeTakeFirst();
  return row ? toTenantRecord(row) : null;
}

async function getByRequestKey(db: Database, { tenant, requestKey }: TenantRecord): Promise<TenantRecord> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .selectAll()
    .where('organization_id', '=', tenant.organizationId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst();
  if (row) return toTenantRecord(row);
  throw new ObjectStackError({
    code: 'internal',
    message:
      'A row of the control database is missing directly after it was written. Check that no other program changes it.',
  });
}

export async function createTenant(
  db: Database,
  record: TenantRecord,
): Promise<{ record: TenantRecord; created: boolean }> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('_os_control_tenant')
    .values(toTenantRow(record))
    .onConflict((conflict) => conflict.columns(['organization_id', 'request_key']).doNothing())
    .executeTakeFirstOrThrow();
  const created = numInsertedOrUpdatedRows === 1n;
  return {
    record: created ? toTenantRecord(toTenantRow(record)) : await getByRequestKey(db, record),
    created,
  };
}

/** Tenants of the organization that are not destroyed, oldest first. */
export async function listTenants(db: Database, organizationId: string): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('destroyed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toTenantRecord);
}

/** All tenants, including destroyed ones. */
export async function listAllTenants(db: Database): Promise<TenantRecord[]> {
  const rows = await db.selectFrom('_os_control_tenant').selectAll().orderBy('id').execute();
  return rows.map(toTenantRecord);
}

export async function listOverdue(db: Database, now: string): Promise<TenantRecord[]> {
  const rows = await db
    .selectFrom('_os_control_tenant')
    .selectAll()
    .where('deadline_at', '<', now)
    .where('destroyed_at', 'is', null)
    .orderBy('deadline_at')
    .execute();
  return rows.map(toTenantRecord);
}

/** Only the columns that change. */
function changedColumns(change: TenantChange): Partial<TenantRow> {
  return {
    ...(change.provisioningStatus && { status: change.provisioningStatus }),
    ...(change.plan && { plan: change.plan }),
    ...(change.connectionConfig && connectionColumns(change.connectionConfig)),
    ...(change.provisionedAt && { provisioned_at: change.provisionedAt }),
    ...(change.purgeAt && { purge_at: change.purgeAt }),
    ...(change.deadlineAt !== undefined && { deadline_at: change.deadlineAt }),
    ...(change.destroyedAt !== undefined && { destroyed_at: change.destroyedAt }),
  };
}

export async function updateTenant(
  db: Database,
  tenantId: string,
  update: { from: readonly TenantProvisioningStatus[]; change: TenantChange },
): Promise<{ record: TenantRecord; changed: boolean }> {
  const { provisioningStatus: next, ifOverdueAt } = update.change;
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set(changedColumns(update.change))
    .where('id', '=', tenantId)
    .where('status', 'in', update.from)
    .where('destroyed_at', 'is', null)
    .$if(next !== undefined, (query) => query.where('status', 'in', tenantStatusesBefore(next ?? 'failed')))
    .$if(ifOverdueAt !== undefined, (query) => query.where('deadline_at', '<', ifOverdueAt ?? ''))
    .executeTakeFirst();
  const changed = numUpdatedRows === 1n;
  if (changed && update.change.step) await endStep(db, tenantId, update.change.step);
  const record = await getTenant(db, tenantId);
  if (!record) throw tenantNotFound();
  return { record, changed };
}
