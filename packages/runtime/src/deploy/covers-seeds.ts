import type { SeedEnvironment } from '@objectstack/spec/data';
import type { DeployBundle, DeployResult } from '@objectstack/spec/system';

/**
 * Whether every seed set of this environment was written: an earlier call may have used another environment, or have
 * been a rollback.
 */
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
