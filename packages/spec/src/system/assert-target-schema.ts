import { ObjectStackError } from '../shared/object-stack-error.js';
import type { MigrationPlan } from './migration-plan.zod.js';
import type { CurrentSchema } from './schema.zod.js';

/** Throws `schema_mismatch` when the schema is not what the plan leads to. */
export function assertTargetSchema(
  { targetSchemaHash }: Pick<MigrationPlan, 'targetSchemaHash'>,
  { schemaHash }: Pick<CurrentSchema, 'schemaHash'>,
): void {
  if (schemaHash === targetSchemaHash) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: 'The live schema differs from the target of the plan.',
    details: { targetSchemaHash, schemaHash },
  });
}
