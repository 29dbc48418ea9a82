import type { IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { judgeDeployment } from './judge-deployment.js';

interface TenantHistory {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly history: readonly DeploymentEntry[];
}

/** Writes what was found out of a record, unless anybody has written to it meanwhile; then what they wrote stands. */
export async function settleDeployment(
  { registry, clock }: Pick<DeployContext, 'registry' | 'clock'>,
  { revision, ...judged }: StoredDeployment,
): Promise<DeploymentRecord> {
  const next = { ...judged, updatedAt: clock.now().toISOString() };
  const { record } = await registry.saveDeployment(next, { revision });
  return record ? withoutRevision(record) : next;
}

function withoutRevision({ revision: _, ...record }: StoredDeployment): DeploymentRecord {
  return record;
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
    records.push(judged ? await settleDeployment(context, judged) : withoutRevision(found));
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
