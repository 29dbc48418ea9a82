import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { judgeDeployment } from './judge-deployment.js';

interface TenantHistory {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly history: readonly DeploymentEntry[];
}

/** Writes what was found out of a record, unless whoever runs the deployment has written to it meanwhile. */
async function save(
  { registry, clock }: DeployContext,
  found: DeploymentRecord,
  record: DeploymentRecord,
): Promise<DeploymentRecord> {
  const latest = await registry.getDeployment(record.tenantId, record.id);
  if (latest?.updatedAt !== found.updatedAt) return latest ?? found;
  const next = { ...record, updatedAt: clock.now().toISOString() };
  await registry.saveDeployment(next);
  return next;
}

/**
 * Deployments of a tenant, latest first, after the registry's records were brought in line with the history in the
 * tenant's database, which has the last word. A process that died could not write them.
 */
export async function reconcileTenant(
  context: DeployContext,
  { tenantId, driver, history }: TenantHistory,
): Promise<DeploymentRecord[]> {
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  const records: DeploymentRecord[] = [];
  for (const found of await context.registry.listDeployments(tenantId)) {
    const entry = entries.get(found.id);
    const judged = await judgeDeployment(context, { record: found, entry, driver });
    records.push(judged ? await save(context, found, judged) : found);
  }
  return records;
}

/** The same for a tenant of which nothing is at hand. */
export async function reconcileDeployments(
  context: DeployContext,
  tenantId: string,
): Promise<DeploymentRecord[]> {
  const driver = await context.router.getTenantClient(tenantId);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  return reconcileTenant(context, { tenantId, driver, history });
}
