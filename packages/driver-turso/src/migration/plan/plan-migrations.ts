import type { PlanMigrationsOptions } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { runStepsInTurns, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan } from '@objectstack/spec/system';
import { diffSteps } from '../diff/diff.js';
import { generateSteps } from './generate-migrations.js';

/** See {@link ISchemaDiffService.planMigrations}. */
export const planMigrations = async (
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { signal, ...options }: PlanMigrationsOptions = {},
): Promise<MigrationPlan> => runStepsInTurns(planSteps(current, [...desired], options), signal);

function* planSteps(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  options: Omit<PlanMigrationsOptions, 'signal'>,
): Steps<MigrationPlan> {
  return yield* generateSteps(yield* diffSteps(current, desired, options), current.dialect, options);
}
