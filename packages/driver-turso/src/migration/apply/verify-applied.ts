import type { IDataDriver } from '@objectstack/spec/contracts';
import {
  assertTargetSchema,
  type CurrentSchema,
  type MigrationPlan,
  type MigrationResult,
} from '@objectstack/spec/system';
import { readCurrentSchema } from '../../schema/read-current-schema.js';

/** The result of a plan if it was the latest one applied; otherwise null. */
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

/**
 * Throws `schema_mismatch` if the schema is not the target schema of the plan. Returns the schema, null if there was another
 * deployment meanwhile.
 */
export async function verifyApplied(
  driver: IDataDriver,
  plan: MigrationPlan,
  deploymentId: string,
): Promise<CurrentSchema | null> {
  const live = await readCurrentSchema(driver);
  if (live.deploymentId !== deploymentId) return null;
  assertTargetSchema(plan, live);
  return live;
}
