import type { BundleSweepResult } from '../deploy/sweep-bundles.js';
import type { DeploymentSweepResult } from '../deploy/sweep-deployments.js';
import type { RolloutSweepResult } from '../fleet/sweep-rollouts.js';
import type { SweepResult } from '../provisioning/sweep-tenants.js';
import type { Runtime } from '../runtime.js';
import type { CopySweepResult } from '../tenant-data/sweep-copies.js';

/** The sweeps of the parts of a runtime. */
interface Sweeps {
  readonly tenants: () => Promise<SweepResult>;
  readonly deployments: () => Promise<DeploymentSweepResult>;
  readonly rollouts: () => Promise<RolloutSweepResult>;
  readonly copies: () => Promise<CopySweepResult>;
  readonly bundles: () => Promise<BundleSweepResult>;
}

/** Removes what has expired or was interrupted, part by part: bundles last, because the others may release them. */
export async function sweepExpired(sweeps: Sweeps): ReturnType<Runtime['sweep']> {
  const { problems, settled: settledTenants, ...swept } = await sweeps.tenants();
  const { settled, problems: others } = await sweeps.deployments();
  const resumed = await sweeps.rollouts();
  const { removedCopies, problems: ofCopies } = await sweeps.copies();
  const bundles = await sweeps.bundles();
  return {
    ...swept,
    ...resumed,
    removedCopies,
    settledTenants,
    settled,
    problems: [...problems, ...others, ...ofCopies],
    bundles,
  };
}
