import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeployResult, RollbackResult } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { deploymentNotFound } from './read-deployments.js';
import { reconcileTenant } from './reconcile-deployments.js';
import { recordFromHistory } from './record-from-history.js';

interface RolledBack {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly driver: IDataDriver;
}

/**
 * The result of the rollback of a deployment that was rolled back by another call. The process that ran it may not have
 * written its record yet; the history has the facts.
 */
export async function rolledBackResult(
  context: DeployContext,
  { tenantId, deploymentId, driver }: RolledBack,
): Promise<DeployResult> {
  const { history, records } = await reconcileTenant(context, { tenantId, driver });
  const { rolledBackBy } = history.find(({ id }) => id === deploymentId) ?? {};
  const entry = history.find(({ id }) => id === rolledBackBy);
  if (!entry) throw deploymentNotFound({ deploymentId });
  const found = { tenantId, driver, entry, isLatest: entry === history.at(-1) };
  const recorded = records.find(({ id }) => id === entry.id)?.result;
  const result = recorded ?? (await recordFromHistory(context, found))?.result;
  if (!result) throw deploymentNotFound({ deploymentId });
  return { ...result, outcome: 'already_applied', statementsExecuted: 0 };
}

/** The result of a call that rolled back one or more deployments, `rollbackOf` last. */
export function toRollbackResult(
  { tenantId, rollbackOf }: Pick<RollbackResult, 'tenantId' | 'rollbackOf'>,
  rollbacks: readonly DeployResult[],
): RollbackResult {
  const last = rollbacks.at(-1) as DeployResult;
  return {
    tenantId,
    rollbackOf,
    deploymentId: last.deploymentId,
    outcome: last.outcome === 'applied' ? 'applied' : 'already_applied',
    findings: rollbacks.flatMap(({ findings = [] }) => findings),
    rollbacks: [...rollbacks],
  };
}
