import type { StoredDeployment } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { DeployContext } from './deploy-context.js';
import { interruptedBefore } from './deployment-lease.js';
import { reconcileDeployments, settleDeployment } from './reconcile-deployments.js';
import { settledRecord } from './settled-record.js';

/** What a sweep of deployments did. */
export interface DeploymentSweepResult {
  /** Ids of interrupted deployments whose record now says what became of them. */
  readonly settled: string[];
  /** Tenants that the next sweep has to try again. */
  readonly problems: { readonly tenantId: string; readonly code: ErrorCode }[];
}

const codeOf = (error: unknown): ErrorCode => (ObjectStackError.isInstance(error) ? error.code : 'internal');

/** The database of a tenant that is gone has no history: what was not finished never will be. */
async function settleWithoutTenant(context: DeployContext, records: readonly StoredDeployment[]) {
  for (const record of records) {
    const judged = await settledRecord(context, { record, entry: undefined, driver: undefined });
    if (judged) await settleDeployment(context, judged);
  }
}

/** Settles deployments whose process died. Harmless to repeat, also at once from several processes. */
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
