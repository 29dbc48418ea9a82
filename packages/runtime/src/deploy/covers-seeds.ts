import type { SeedEnvironment } from '@objectstack/spec/data';
import type { DeployBundle, DeployResult } from '@objectstack/spec/system';

/** Whether every set of this environment was written: an earlier call may have been for another one, or a rollback. */
export function coversSeeds(
  { seeds }: Pick<DeployResult, 'seeds'>,
  { seedData }: Pick<DeployBundle, 'seedData'>,
  environment: SeedEnvironment,
): boolean {
  return seedData.every(({ env }, index) => {
    const outcome = seeds[index]?.outcome;
    return !env.includes(environment) || (outcome !== undefined && outcome !== 'other_environment');
  });
}
