import type {
  ChangeOrigin,
  TenantChange,
  TenantRecord,
  TenantRecordState,
} from '@objectstack/spec/contracts';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import { type AuditedChange, addAuditEntries } from './audit-table.js';
import { lockedRow } from './is-postgres.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { endSteps } from './step-table.js';
import { tenantStatusesBefore } from './tenant-status-transitions.js';
import { getTenant } from './tenant-table.js';
import { connectionColumns, keyIdOf } from './to-tenant-record.js';

type Database = Kysely<RegistryTables>;

/** A lease is released with the status that it protects. */
const endsLease = ({ lease, provisioningStatus: next }: TenantChange) =>
  lease !== undefined && next !== undefined && next !== 'provisioning';

/** Only the columns that change. */
function changedColumns(change: TenantChange): Partial<TenantRow> {
  return {
    ...(endsLease(change) && { lease_until: null }),
    ...(change.provisioningStatus && { status: change.provisioningStatus }),
    ...(change.plan && { plan: change.plan }),
    ...(change.connectionConfig && connectionColumns(change.connectionConfig)),
    ...(change.provisionedAt && { provisioned_at: change.provisionedAt }),
    ...(change.purgeAt !== undefined && { purge_at: change.purgeAt }),
    ...(change.deadlineAt !== undefined && { deadline_at: change.deadlineAt }),
    ...(change.destroyedAt !== undefined && { destroyed_at: change.destroyedAt }),
  };
}

type AuditedColumns = Pick<TenantRow, 'status' | 'plan' | 'destroyed_at' | 'sealed_token'>;

function auditedChanges(before: AuditedColumns, { tenant, destroyedAt }: TenantRecord): AuditedChange[] {
  const { id: tenantId, provisioningStatus: status, plan, connectionConfig } = tenant;
  const changes: AuditedChange[] = [];
  if (before.status !== status)
    changes.push({ tenantId, action: 'change_tenant_status', before: before.status, after: status });
  if (before.plan !== plan)
    changes.push({ tenantId, action: 'change_tenant_plan', before: before.plan, after: plan });
  const [keyBefore, keyAfter] = [keyIdOf(before), connectionConfig?.authToken?.keyId];
  if (keyBefore !== keyAfter)
    changes.push({ tenantId, action: 'change_tenant_key', before: keyBefore, after: keyAfter });
  if (before.destroyed_at === null && destroyedAt !== null)
    changes.push({ tenantId, action: 'purge_tenant', before: before.status });
  return changes;
}

/** The columns that the audit log records; locked, so that nothing changes them before the tenant is updated. */
function auditedColumns(db: Database, tenantId: string): Promise<AuditedColumns | undefined> {
  const query = db
    .selectFrom('_os_control_tenant')
    .select(['status', 'plan', 'destroyed_at', 'sealed_token']);
  return lockedRow(db, query.where('id', '=', tenantId)).executeTakeFirst();
}

const stateOf = ({ tenant, destroyedAt }: TenantRecord): TenantRecordState => ({
  provisioningStatus: tenant.provisioningStatus,
  plan: tenant.plan,
  destroyedAt,
});

export async function updateTenant(
  db: Database,
  tenantId: string,
  update: {
    from: readonly TenantProvisioningStatus[];
    change: TenantChange;
    by?: ChangeOrigin | undefined;
  },
): Promise<{ record: TenantRecord; changed: boolean; previous: TenantRecordState }> {
  const { provisioningStatus: next, ifOverdueAt, ifDeadlineAfter, lease } = update.change;
  const { ifDeadlineAt, ifTokenNonce } = update.change;
  const isRecovery = ifDeadlineAfter !== undefined;
  const before = await auditedColumns(db, tenantId);
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set(changedColumns(update.change))
    .where('id', '=', tenantId)
    .where((eb) => (update.from.length > 0 ? eb('status', 'in', update.from) : eb.lit(false)))
    .where('destroyed_at', 'is', null)
    .$if(next !== undefined, (query) =>
      query.where('status', 'in', tenantStatusesBefore(next ?? 'failed', isRecovery)),
    )
    .$if(ifOverdueAt !== undefined, (query) => query.where('deadline_at', '<', ifOverdueAt ?? ''))
    .$if(isRecovery, (query) => query.where('deadline_at', '>', ifDeadlineAfter ?? ''))
    .$if(ifDeadlineAt !== undefined, (query) => query.where('deadline_at', '=', ifDeadlineAt ?? ''))
    .$if(lease !== undefined, (query) => query.where('lease_token', '=', lease ?? 0))
    .$if(ifTokenNonce !== undefined, (query) =>
      query.where('sealed_token', 'like', `%"nonce":"${ifTokenNonce}"%`),
    )
    .executeTakeFirst();
  const changed = numUpdatedRows === 1n;
  if (changed && update.change.steps) await endSteps(db, tenantId, update.change.steps);
  const record = await getTenant(db, tenantId);
  if (!record) throw tenantNotFound();
  if (!changed || !before) return { record, changed, previous: stateOf(record) };
  await addAuditEntries(db, auditedChanges(before, record), update.by);
  const { status: provisioningStatus, plan, destroyed_at: destroyedAt } = before;
  return { record, changed, previous: { provisioningStatus, plan, destroyedAt } };
}
