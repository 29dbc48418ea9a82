import type {
  ChangeOrigin,
  DeploymentGuard,
  DeploymentRenewal,
  ITenantRegistry,
  StoredDeployment,
} from '@objectstack/spec/contracts';
import type { DeploymentRecord, DeployStatus } from '@objectstack/spec/system';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { addAuditEntries } from './audit-table.js';
import { deploymentStatusesBefore } from './deployment-status-transitions.js';
import { exceededDeployments } from './exceeded-deployments.js';
import { lockedRow } from './is-postgres.js';
import type { RegistryTables } from './registry-tables.js';
import { toDeploymentRow, toStoredDeployment } from './to-stored-deployment.js';

type Database = Kysely<RegistryTables>;

const hasEnded = ({ status }: DeploymentRecord) => status === 'ready' || status === 'failed';

const nextRevision = (eb: ExpressionBuilder<RegistryTables, '_os_control_deployment'>) =>
  eb('_os_control_deployment.revision', '+', 1);

/** Adds the record if none exists. */
async function addDeployment(db: Database, record: DeploymentRecord, lease_id: string): Promise<bigint> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('_os_control_deployment')
    .values({ ...toDeploymentRow(record), revision: 1, lease_id })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows;
}

/** Lease of the record after the write; absent if it is unchanged. */
function leaseAfter(record: DeploymentRecord, guard: DeploymentGuard): { lease_id?: string | null } {
  if ('take' in guard) return { lease_id: guard.take };
  return 'revision' in guard || hasEnded(record) ? { lease_id: null } : {};
}

async function replaceDeployment(
  db: Database,
  record: DeploymentRecord,
  guard: DeploymentGuard,
): Promise<bigint> {
  const { tenant_id, id, superseded_by, ...columns } = toDeploymentRow(record);
  const isReconciled = !('lease' in guard || 'take' in guard);
  const { numUpdatedRows } = await db
    .updateTable('_os_control_deployment')
    .set((eb) => ({
      ...columns,
      ...((isReconciled || superseded_by !== null) && { superseded_by }),
      ...leaseAfter(record, guard),
      revision: nextRevision(eb),
    }))
    .where('tenant_id', '=', tenant_id)
    .where('id', '=', id)
    .where('status', 'in', deploymentStatusesBefore(record.status))
    .where((eb) =>
      'lease' in guard ? eb('lease_id', '=', guard.lease) : eb('revision', '=', guard.revision),
    )
    .executeTakeFirst();
  return numUpdatedRows;
}

/** The status of the record; locked, so that nothing changes it before the record is written. */
async function statusOf(db: Database, { tenantId, id }: DeploymentRecord): Promise<DeployStatus | undefined> {
  const query = db.selectFrom('_os_control_deployment').select('status');
  const ofRecord = query.where('tenant_id', '=', tenantId).where('id', '=', id);
  return (await lockedRow(db, ofRecord).executeTakeFirst())?.status;
}

type SavedDeployment = Awaited<ReturnType<ITenantRegistry['saveDeployment']>>;

export async function saveDeployment(
  db: Database,
  record: DeploymentRecord,
  { guard, by }: { guard: DeploymentGuard; by?: ChangeOrigin | undefined },
): Promise<SavedDeployment> {
  const { tenantId, id: deploymentId, status: after } = record;
  const before = (await statusOf(db, record)) ?? null;
  if ('take' in guard && guard.daily) {
    const exceeded = await exceededDeployments(db, record, guard.daily);
    if (exceeded !== undefined) {
      const found = await getDeployment(db, tenantId, deploymentId);
      return { record: found, changed: false, previousStatus: before, exceeded };
    }
  }
  const written =
    'take' in guard && guard.revision === null
      ? await addDeployment(db, record, guard.take)
      : await replaceDeployment(db, record, guard);
  const changed = written > 0n;
  if (changed && before !== after) {
    const action = 'change_deployment';
    await addAuditEntries(db, [{ tenantId, action, deploymentId, before: before ?? undefined, after }], by);
  }
  const stored = await getDeployment(db, tenantId, deploymentId);
  return { record: stored, changed, previousStatus: before };
}

export async function renewDeployment(
  db: Database,
  deployment: { tenantId: string; deploymentId: string },
  { lease, updatedAt }: DeploymentRenewal,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_deployment')
    .set((eb) => ({ updated_at: updatedAt, revision: nextRevision(eb) }))
    .where('tenant_id', '=', deployment.tenantId)
    .where('id', '=', deployment.deploymentId)
    .where('lease_id', '=', lease)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function getDeployment(
  db: Database,
  tenantId: string,
  deploymentId: string,
): Promise<StoredDeployment | null> {
  const row = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  return row ? toStoredDeployment(row) : null;
}

export async function listDeployments(db: Database, tenantId: string): Promise<StoredDeployment[]> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toStoredDeployment);
}

export async function listUnfinishedDeployments(
  db: Database,
  updatedBefore: string,
): Promise<StoredDeployment[]> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('status', 'not in', ['ready', 'failed'])
    .where('updated_at', '<', updatedBefore)
    .orderBy('updated_at')
    .execute();
  return rows.map(toStoredDeployment);
}

/** A deployment of a tenant without a record counts: its tenant may not be adopted yet. */
export async function findDeployedBundles(db: Database, checksums: readonly string[]): Promise<string[]> {
  if (checksums.length === 0) return [];
  const rows = await db
    .selectFrom('_os_control_deployment as deployment')
    .leftJoin('_os_control_tenant as tenant', 'tenant.id', 'deployment.tenant_id')
    .select('deployment.bundle_checksum')
    .distinct()
    .where('deployment.bundle_checksum', 'in', checksums)
    .where((eb) =>
      eb.or([
        eb('tenant.destroyed_at', 'is', null),
        eb('deployment.tenant_id', 'in', eb.selectFrom('_os_control_copy').select('tenant_id')),
      ]),
    )
    .execute();
  const released = await db
    .selectFrom('_os_control_release')
    .select('bundle_checksum')
    .where('bundle_checksum', 'in', checksums)
    .execute();
  return [...new Set([...rows, ...released].map(({ bundle_checksum }) => bundle_checksum))];
}
