import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import {
  AppCompatibilityCheckSchema,
  type ChangeCode,
  changesOf,
  type MigrationPlan,
  type PlanFinding,
  type RolloutProblem,
} from '@objectstack/spec/system';

function appIssueOf({ code, details }: ObjectStackError): RolloutProblem['appIssue'] {
  if (code !== 'app_incompatible') return undefined;
  const issues = AppCompatibilityCheckSchema.shape.issues.safeParse(details.issues).data;
  const found = issues?.find(({ severity }) => severity === 'error');
  return found && { code: found.code, ...(found.subject !== undefined && { subject: found.subject }) };
}

/** The problem of a tenant whose attempt rejected. */
export function rolloutProblemOf(error: unknown): RolloutProblem {
  if (!ObjectStackError.isInstance(error)) return { code: 'internal' };
  const { changeId, object, field, rows, samples } = error.details as Partial<Omit<RolloutProblem, 'code'>>;
  const appIssue = appIssueOf(error);
  return {
    code: error.code,
    ...(appIssue && { appIssue }),
    ...(changeId && { changeId }),
    ...(object && { object }),
    ...(field && { field }),
    ...(rows !== undefined && { rows }),
    ...(samples && { samples: samples.slice(0, 5) }),
  };
}

/** Error with which the records that a check counts end a migration, by the code of its change. */
const ERROR_OF_CHANGE: Partial<Record<ChangeCode, ErrorCode>> = {
  DD201: 'not_null_violation',
  DD202: 'unique_violation',
  DS104: 'foreign_key_violation',
};

/** The problem of a tenant in which the preflight counted records that prevent a change. */
export function rolloutProblemOfFinding(
  plan: MigrationPlan,
  { check, rows, samples }: PlanFinding,
): RolloutProblem {
  const change = changesOf(plan.diff).find(({ id }) => id === check?.changeId);
  const object = change && 'object' in change ? change.object : undefined;
  return {
    code: (change && ERROR_OF_CHANGE[change.code]) ?? 'conversion_failed',
    ...(check && { changeId: check.changeId }),
    ...(object && { object }),
    ...(change && 'field' in change && { field: change.field }),
    rows,
    ...(samples && { samples }),
  };
}
