import type { DeploymentRecord } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { toDeploymentRecord, toDeploymentRow } from './registry-rows.js';
import type { RegistryTables } from './registry-tables.js';

type Database = Kysely<RegistryTables>;

export async function saveDeployment(db: Database, record: DeploymentRecord): Promise<void> {
  const { tenant_id, id, ...columns } = toDeploymentRow(record);
  await db
    .insertInto('_os_control_deployment')
    .values({ tenant_id, id, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(columns))
    .execute();
}

export async function getDeployment(
  db: Database,
  tenantId: string,
  deploymentId: string,
): Promise<DeploymentRecord | null> {
  const row = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', deploymentId)
    .executeTakeFirst();
  return row ? toDeploymentRecord(row) : null;
}

export async function listDeployments(db: Database, tenantId: string): Promise<DeploymentRecord[]> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toDeploymentRecord);
}

export async function listUnfinishedDeployments(
  db: Database,
  updatedBefore: string,
): Promise<DeploymentRecord[]> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .selectAll()
    .where('status', 'not in', ['ready', 'failed'])
    .where('updated_at', '<', updatedBefore)
    .orderBy('updated_at')
    .execute();
  return rows.map(toDeploymentRecord);
}
