import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type MigrationPlan, planStale } from '@objectstack/spec/system';
import { introspect } from '../../schema/introspect.js';
import { countChecks } from './count-checks.js';

/** The object and the field of a change, by its id. */
function placeOf({ diff }: MigrationPlan, changeId: unknown): { object?: string; field?: string } {
  const change = diff.fields.find(({ id }) => id === changeId);
  if (change) return { object: change.object, field: change.field };
  const ofObject = diff.objects.find(({ id }) => id === changeId);
  return ofObject ? { object: ofObject.object } : {};
}

/** How many records keep a change from being made, and the ids of the first of them. */
async function recordsInTheWay(driver: IDataDriver, plan: MigrationPlan, changeId: string) {
  const checks = plan.preflight.filter((check) => check.changeId === changeId && check.stops !== 'never');
  if (checks.length === 0) return {};
  const findings = await countChecks(driver, checks).catch(() => []);
  const { rows, samples } = findings.find((finding) => finding.rows > 0) ?? {};
  return rows === undefined ? {} : { rows, samples };
}

/** The error of a change that failed, with the object, the field and the ids of the first records in its way. */
export async function namingRecords(
  driver: IDataDriver,
  plan: MigrationPlan,
  error: unknown,
): Promise<unknown> {
  if (!ObjectStackError.isInstance(error) || typeof error.details.changeId !== 'string') return error;
  const { code, message, retryable, details } = error;
  const { changeId } = error.details;
  const records = await recordsInTheWay(driver, plan, changeId);
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: { ...placeOf(plan, changeId), ...details, ...records },
  });
}

/** Whether somebody changed the schema under the plan. */
export const isStale = (plan: MigrationPlan, { schemaHash }: CurrentSchema) =>
  schemaHash !== plan.baseSchemaHash && schemaHash !== plan.targetSchemaHash;

/**
 * Runs work whose statements were made for the base of the plan. When one of them fails because somebody has changed the
 * schema meanwhile, the error is `plan_stale`.
 */
export async function unlessStale<T>(
  driver: IDataDriver,
  plan: MigrationPlan,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'sql_error') throw error;
    const current = await introspect(driver).catch(() => null);
    throw current && isStale(plan, current) ? planStale(plan, current) : error;
  }
}
