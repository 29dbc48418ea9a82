import type { DeploymentRenewal, StoredDeployment } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { CompiledQueries } from './compiled-queries.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { DeploymentRow, RegistryTables } from './registry-tables.js';
import { toStoredDeployment } from './to-stored-deployment.js';

type Database = Kysely<RegistryTables>;

export async function renewDeployment(
  db: Database,
  deployment: { tenantId: string; deploymentId: string },
  { lease, updatedAt }: DeploymentRenewal,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_deployment')
    .set((eb) => ({ updated_at: updatedAt, revision: eb('revision', '+', 1) }))
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
    .select(REGISTRY_COLUMNS._os_control_deployment)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  return row ? toStoredDeployment(row) : null;
}

export async function listDeployments(db: Database, tenantId: string): Promise<StoredDeployment[]> {
  const rows = await new CompiledQueries(db).run('deployments', tenantId, (one, id) =>
    one
      .selectFrom('_os_control_deployment')
      .select(REGISTRY_COLUMNS._os_control_deployment)
      .where('tenant_id', '=', id)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc'),
  );
  return rows.map((row) => toStoredDeployment(row as DeploymentRow));
}

export async function listUnfinishedDeployments(
  db: Database,
  updatedBefore: string,
): Promise<StoredDeployment[]> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .select(REGISTRY_COLUMNS._os_control_deployment)
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
