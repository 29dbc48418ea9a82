import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan } from '@objectstack/spec/system';

export function planStale(plan: MigrationPlan, current: CurrentSchema): ObjectStackError {
  return new ObjectStackError({
    code: 'plan_stale',
    message: 'The schema is not the one that the plan was made for.',
    details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: current.schemaHash },
  });
}

/** Throws `plan_stale` when the database is not what the plan was made for. */
export function assertCurrent(plan: MigrationPlan, current: CurrentSchema): void {
  if (current.schemaHash !== plan.baseSchemaHash) throw planStale(plan, current);
}

/** Throws `not_latest`: a way back from a deployment leads nowhere once there is another one. */
export function assertLatest({ diff: { restores } }: MigrationPlan, { deploymentId }: CurrentSchema): void {
  if (!restores || restores.deploymentId === deploymentId) return;
  throw new ObjectStackError({
    code: 'not_latest',
    message: 'Another deployment came after the one that is to be undone.',
    details: { deploymentId: restores.deploymentId, latest: deploymentId },
  });
}
