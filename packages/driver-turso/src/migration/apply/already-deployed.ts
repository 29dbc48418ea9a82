import type { IDataDriver } from '@objectstack/spec/contracts';
import {
  type CurrentSchema,
  hasNoChanges,
  isDeployed,
  type MigrationPlan,
  type MigrationResult,
} from '@objectstack/spec/system';
import { readHistory } from '../rollback/read-history.js';

/**
 * The result of a plan whose bundle is already deployed; null for any other plan. A history entry for such a plan would
 * prevent the rollback of the deployment before it.
 */
export async function alreadyDeployed(
  driver: IDataDriver,
  { plan, current, startedAt }: { plan: MigrationPlan; current: CurrentSchema; startedAt: number },
): Promise<MigrationResult | null> {
  const { deploymentId } = current;
  if (deploymentId === null || !hasNoChanges(plan) || !isDeployed(plan, await readHistory(driver)))
    return null;
  const durationMs = performance.now() - startedAt;
  return { outcome: 'unchanged', deploymentId, statementsExecuted: 0, durationMs };
}
