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
import { CompiledQueries } from './compiled-queries.js';
import { lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { endSteps } from './step-table.js';
import { tenantStatusesBefore } from './tenant-status-transitions.js';
import { getTenant } from './tenant-table.js';
import { connectionColumns, keyIdOf, toTenantRecord } from './to-tenant-record.js';

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
async function auditedColumns(db: Database, tenantId: string): Promise<AuditedColumns | undefined> {
  const [row] = await new CompiledQueries(db).run('audited columns', tenantId, (one, id) => {
    const query = one
      .selectFrom('_os_control_tenant')
      .select(['status', 'plan', 'destroyed_at', 'sealed_token']);
    return lockedRow(one, query.where('id', '=', id));
  });
  return row;
}

const stateOf = ({ tenant, destroyedAt }: TenantRecord): TenantRecordState => ({
  provisioningStatus: tenant.provisioningStatus,
  plan: tenant.plan,
  destroyedAt,
});

interface Update {
  readonly from: readonly TenantProvisioningStatus[];
  readonly change: TenantChange;
  readonly by?: ChangeOrigin | undefined;
}

/** The changed row; absent if the tenant is not in a state in which it may change. */
async function changedRow(
  db: Database,
  tenantId: string,
  { from, change }: Update,
): Promise<TenantRow | undefined> {
  const {
    provisioningStatus: next,
    ifOverdueAt,
    ifDeadlineAfter,
    ifDeadlineAt,
    ifTokenNonce,
    lease,
  } = change;
  const isRecovery = ifDeadlineAfter !== undefined;
  const args = {
    tenantId,
    from: [...from],
    columns: changedColumns(change),
    before: next === undefined ? undefined : [...tenantStatusesBefore(next, isRecovery)],
    nonce: ifTokenNonce === undefined ? undefined : `%"nonce":"${ifTokenNonce}"%`,
    ifOverdueAt,
    ifDeadlineAfter,
    ifDeadlineAt,
    lease,
  };
  const [row] = await new CompiledQueries(db).run('update tenant', args, (one, given) =>
    one
      .updateTable('_os_control_tenant')
      .set(given.columns)
      .where('id', '=', given.tenantId)
      .where((eb) => (given.from.length > 0 ? eb('status', 'in', given.from) : eb.lit(false)))
      .where('destroyed_at', 'is', null)
      .$if(given.before !== undefined, (query) => query.where('status', 'in', given.before ?? []))
      .$if(given.ifOverdueAt !== undefined, (query) =>
        query.where('deadline_at', '<', given.ifOverdueAt ?? ''),
      )
      .$if(given.ifDeadlineAfter !== undefined, (query) =>
        query.where('deadline_at', '>', given.ifDeadlineAfter ?? ''),
      )
      .$if(given.ifDeadlineAt !== undefined, (query) =>
        query.where('deadline_at', '=', given.ifDeadlineAt ?? ''),
      )
      .$if(given.lease !== undefined, (query) => query.where('lease_token', '=', given.lease ?? 0))
      .$if(given.nonce !== undefined, (query) => query.where('sealed_token', 'like', given.nonce ?? ''))
      .returning(REGISTRY_COLUMNS._os_control_tenant),
  );
  return row as TenantRow | undefined;
}

export async function updateTenant(
  db: Database,
  tenantId: string,
  update: Update,
): Promise<{ record: TenantRecord; changed: boolean; previous: TenantRecordState }> {
  const before = await auditedColumns(db, tenantId);
  const row = await changedRow(db, tenantId, update);
  const changed = row !== undefined;
  if (changed && update.change.steps) await endSteps(db, tenantId, update.change.steps);
  const record = row ? toTenantRecord(row) : await getTenant(db, tenantId);
  if (!record) throw tenantNotFound();
  if (!changed || !before) return { record, changed, previous: stateOf(record) };
  await addAuditEntries(db, auditedChanges(before, record), update.by);
  const { status: provisioningStatus, plan, destroyed_at: destroyedAt } = before;
  return { record, changed, previous: { provisioningStatus, plan, destroyedAt } };
}
