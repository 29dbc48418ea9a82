import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type MigrationPlan, planStale } from '@objectstack/spec/system';
import { readCurrentSchema } from '../../schema/read-current-schema.js';

/** Whether the schema is neither the base nor the target schema of the plan. */
export const isStale = (plan: MigrationPlan, { schemaHash }: CurrentSchema) =>
  schemaHash !== plan.baseSchemaHash && schemaHash !== plan.targetSchemaHash;

/**
 * Runs statements that require the base schema of the plan. If one of them fails because the schema changed in the
 * meantime, rejects with `plan_stale`.
 */
export async function withStalePlanError<T>(
  driver: IDataDriver,
  plan: MigrationPlan,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'sql_error') throw error;
    const current = await readCurrentSchema(driver).catch(() => null);
    throw current && isStale(plan, current) ? planStale(plan, current) : error;
  }
}
