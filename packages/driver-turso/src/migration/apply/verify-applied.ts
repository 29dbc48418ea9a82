import type { IDataDriver } from '@objectstack/spec/contracts';
import {
  assertTargetSchema,
  type CurrentSchema,
  type MigrationPlan,
  type MigrationResult,
} from '@objectstack/spec/system';
import { introspect } from '../../schema/introspect.js';

/** The result of a plan that was the latest to run; null where another was. */
export function alreadyApplied(
  current: CurrentSchema,
  plan: MigrationPlan,
  startedAt: number,
): MigrationResult | null {
  if (current.planHash !== plan.planHash || current.deploymentId === null) return null;
  const { deploymentId } = current;
  return {
    outcome: 'already_applied',
    deploymentId,
    statementsExecuted: 0,
    durationMs: performance.now() - startedAt,
  };
}

/** Throws `schema_mismatch` when the schema is not what the plan leads to. */
export async function verifyApplied(
  driver: IDataDriver,
  plan: MigrationPlan,
  deploymentId: string,
): Promise<void> {
  const live = await introspect(driver);
  if (live.deploymentId === deploymentId) assertTargetSchema(plan, live);
}
