import type { DeployBundle, DeploymentEntry, DeployResult } from '@objectstack/spec/system';
import { leftAlone } from '../seed/seed-tally.js';
import { coversSeeds } from './covers-seeds.js';
import { type Execution, runDeployment } from './run-deployment.js';

/** The result of the latest deployment, if it has ended and wrote every seed set that this call asks for. */
async function endedResult(
  { context, tenantId, bundle, options }: Execution,
  { id }: DeploymentEntry,
): Promise<DeployResult | null> {
  const result = (await context.registry.getDeployment(tenantId, id))?.result;
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

/**
 * The result of deploying a bundle that is in effect already: no deployment is added, so that a retry does not hide the
 * one that it repeats. Seeds that were not written are, on behalf of the latest deployment.
 */
export async function confirmDeployed(execution: Execution, latest: DeploymentEntry): Promise<DeployResult> {
  const { tenantId, plan, bundle, progress } = execution;
  const { bundleChecksum, bundleVersion } = plan;
  const { id, planHash, rollbackOf } = latest;
  const ended = await endedResult(execution, latest);
  if (ended) progress.announce('ready');
  else
    progress.continueAs(id, {
      tenantId,
      plan: { planHash, bundleChecksum, bundleVersion },
      ...(rollbackOf !== undefined && { rollbackOf }),
    });
  const result = ended ? nothingWritten(ended, bundle) : await runDeployment(execution, true);
  return { ...result, outcome: 'unchanged', statementsExecuted: 0 };
}
