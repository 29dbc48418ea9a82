import type {
  ChangeOrigin,
  LeaseRequest,
  TenantChange,
  TenantQuery,
  TenantRecord,
  TenantRecordState,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import { type AuditedChange, addAuditEntries } from './audit-table.js';
import type { CompiledQueries } from './compiled-queries.js';
import { createdBefore } from './created-before.js';
import { lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables, TenantRow } from './registry-tables.js';
import { beginStep, endSteps } from './step-table.js';
import { holdTemplate } from './template-table.js';
import { tenantStatusesBefore } from './tenant-status-transitions.js';
import { connectionColumns, keyIdOf, toTenantRecord, toTenantRow } from './to-tenant-record.js';

type Database = Kysely<RegistryTables>;

export async function getTenant(db: Database, tenantId: string): Promise<TenantRecord | null> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .select(REGISTRY_COLUMNS._os_control_tenant)
    .where('id', '=', tenantId)
    .executeTakeFirst();
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
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('_os_control_tenant')
    .values({ ...row, ...(lease && { lease_token: FIRST_LEASE, lease_until: lease.until }) })
    .onConflict((conflict) => conflict.columns(['organization_id', 'request_key']).doNothing())
    .executeTakeFirstOrThrow();
  const created = numInsertedOrUpdatedRows === 1n;
  const { id: tenantId, provisioningStatus: after } = record.tenant;
  if (created && !isCopied && record.templateDatabase !== null)
    await holdTemplate(db, record.templateDatabase);
  if (created) await addAuditEntries(db, [{ tenantId, action: 'create_tenant', after }], by);
  if (created && lease?.step)
    await beginStep(db, tenantId, { name: lease.step, at: lease.now, lease: FIRST_LEASE });
  return {
    record: created
      ? toTenantRecord({ ...row, slug: null, hostnames: null, quota_overrides: null })
      : await getByRequestKey(db, record),
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
