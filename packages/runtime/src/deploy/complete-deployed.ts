import type { StoredDeployment } from '@objectstack/spec/contracts';
import type { DeployBundle, DeploymentEntry, DeployResult } from '@objectstack/spec/system';
import { leftAlone } from '../seed/stored-seed-result.js';
import { coversSeeds } from './covers-seeds.js';
import { type Execution, runDeployment } from './run-deployment.js';

/** The result of the latest deployment if it has ended and wrote every seed set that this call requests. */
function endedResult({ context, bundle, options }: Execution, seen: StoredDeployment | null) {
  const result = seen?.result;
  const environment = options.environment ?? context.environment;
  return result?.status === 'ready' && coversSeeds(result, bundle, environment) ? result : null;
}

const nothingWritten = (result: DeployResult, { seedData }: DeployBundle): DeployResult => ({
  ...result,
  seeds: result.seeds.map((seeds, index) => {
    const dataset = seedData[index];
    return dataset && seeds.outcome === 'written' ? leftAlone(dataset) : seeds;
  }),
});

/** Runs the remaining steps of the latest deployment; `null` like {@link runDeployment}. */
async function complete(execution: Execution, latest: DeploymentEntry, seen: StoredDeployment | null) {
  const { tenantId, plan } = execution;
  const { bundleChecksum, bundleVersion } = plan;
  const { id: deploymentId, planHash, rollbackOf } = latest;
  const identity = {
    tenantId,
    plan: { planHash, bundleChecksum, bundleVersion },
    ...(rollbackOf !== undefined && { rollbackOf }),
  };
  return runDeployment(execution, { deploymentId, seen, identity, isMigrated: true });
}

/**
 * The result of deploying a bundle that is already in effect. No deployment is added, so that a retry does not hide the
 * one that it repeats. Missing seeds are written on behalf of the latest deployment. `null` like {@link runDeployment}.
 */
export async function completeDeployed(
  execution: Execution,
  latest: DeploymentEntry,
): Promise<DeployResult | null> {
  const { context, tenantId, bundle, progress } = execution;
  const seen = await context.registry.getDeployment(tenantId, latest.id);
  const ended = endedResult(execution, seen);
  if (ended) progress.announce('ready');
  const result = ended ? nothingWritten(ended, bundle) : await complete(execution, latest, seen);
  return result && { ...result, outcome: 'unchanged', statementsExecuted: 0 };
}
