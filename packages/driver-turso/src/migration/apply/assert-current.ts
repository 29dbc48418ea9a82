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
