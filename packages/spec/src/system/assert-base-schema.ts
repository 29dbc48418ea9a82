import { ObjectStackError } from '../shared/object-stack-error.js';
import type { MigrationPlan } from './migration-plan.zod.js';
import type { CurrentSchema } from './schema.zod.js';

type Plan = Pick<MigrationPlan, 'baseSchemaHash'>;
type Schema = Pick<CurrentSchema, 'schemaHash'>;

/** The error of a plan whose base is not the schema of the database. */
export function planStale({ baseSchemaHash }: Plan, { schemaHash }: Schema): ObjectStackError {
  return new ObjectStackError({
    code: 'plan_stale',
    message:
      'The schema of the database is not the one that the plan was created for. Create a plan for this tenant with planDeployment.',
    details: { baseSchemaHash, schemaHash },
  });
}

/** Throws `plan_stale` when the schema is not the base of the plan. */
export function assertBaseSchema(plan: Plan, current: Schema): void {
  if (current.schemaHash !== plan.baseSchemaHash) throw planStale(plan, current);
}
