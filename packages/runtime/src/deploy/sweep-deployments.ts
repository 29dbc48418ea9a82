import type { StoredDeployment } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { DeployContext } from './deploy-context.js';
import { interruptedBefore } from './deployment-lease.js';
import { reconcileDeployments, settleDeployment } from './reconcile-deployments.js';
import { settledRecord } from './settled-record.js';

/** Result of a sweep of deployments. */
export interface DeploymentSweepResult {
  /** Ids of interrupted deployments whose records were settled. */
  readonly settled: string[];
  /** Tenants that failed to be processed. The next sweep tries them again. */
  readonly problems: { readonly tenantId: string; readonly code: ErrorCode }[];
}

const codeOf = (error: unknown): ErrorCode => (ObjectStackError.isInstance(error) ? error.code : 'internal');

/** Without the database of a destroyed tenant there is no history: unfinished deployments remain unfinished. */
async function settleWithoutTenant(context: DeployContext, records: readonly StoredDeployment[]) {
  for (const record of records) {
    const settled = await settledRecord(context, { record, entry: undefined, driver: undefined });
    if (settled) await settleDeployment(context, settled);
  }
}

/** Settles deployments whose process died. Idempotent, also if several processes run it concurrently. */
export async function sweepDeployments(context: DeployContext): Promise<DeploymentSweepResult> {
  const result: DeploymentSweepResult = { settled: [], problems: [] };
  const byTenant = new Map<string, StoredDeployment[]>();
  for (const record of await context.registry.listUnfinishedDeployments(interruptedBefore(context)))
    byTenant.set(record.tenantId, [...(byTenant.get(record.tenantId) ?? []), record]);
  for (const [tenantId, records] of byTenant) {
    try {
      await reconcileDeployments(context, tenantId).catch((error) => {
        if (codeOf(error) !== 'tenant_not_found') throw error;
        return settleWithoutTenant(context, records);
      });
      result.settled.push(...records.map(({ id }) => id));
    } catch (error) {
      result.problems.push({ tenantId, code: codeOf(error) });
    }
  }
  return result;
}
