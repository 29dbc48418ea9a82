import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MigrationPlan } from '@objectstack/spec/system';
import { countChecks } from './count-checks.js';

/** The object and the field of a change. */
function locationOf({ diff }: MigrationPlan, changeId: unknown): { object?: string; field?: string } {
  const change = diff.fields.find(({ id }) => id === changeId);
  if (change) return { object: change.object, field: change.field };
  const ofObject = diff.objects.find(({ id }) => id === changeId);
  return ofObject ? { object: ofObject.object } : {};
}

/** Number of records that prevent a change, and the ids of the first ones. */
async function obstructingRecords(driver: IDataDriver, plan: MigrationPlan, changeId: string) {
  const checks = plan.preflight.filter((check) => check.changeId === changeId && check.stops !== 'never');
  if (checks.length === 0) return {};
  const findings = await countChecks(driver, checks).catch(() => []);
  const { rows, samples } = findings.find((finding) => finding.rows > 0) ?? {};
  return rows === undefined ? {} : { rows, samples };
}

/** The error of a failed change with its object, its field and the ids of the first obstructing records. */
export async function withObstructingRecords(
  driver: IDataDriver,
  plan: MigrationPlan,
  error: unknown,
): Promise<unknown> {
  if (!ObjectStackError.isInstance(error) || typeof error.details.changeId !== 'string') return error;
  const { code, message, retryable, details } = error;
  const { changeId } = error.details;
  const records = await obstructingRecords(driver, plan, changeId);
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: { ...locationOf(plan, changeId), ...details, ...records },
  });
}
