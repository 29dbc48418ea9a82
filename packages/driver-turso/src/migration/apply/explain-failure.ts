import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type MigrationPlan, planStale } from '@objectstack/spec/system';
import { guardOf } from '../plan/draft/guard-of.js';
import type { MigrationRun } from './migration-run.js';
import { isStale } from './with-stale-plan-error.js';

/** The error for a guard that failed because of stored data or a changed schema. */
function guardError(guard: unknown, plan: MigrationPlan, after: CurrentSchema): ObjectStackError {
  if (guard === 'OS_VALUE_MISFIT')
    return new ObjectStackError({
      code: 'conversion_failed',
      message:
        'A stored value cannot be converted to the new type of its field. Correct the value, or approve the change by its id, which removes the value.',
    });
  if (guard === 'OS_VALUE_MISSING')
    return new ObjectStackError({
      code: 'not_null_violation',
      message:
        'Some records have no value. Write values into them, give the field a literal default or a backfill, or approve the change by its id.',
    });
  if (guard === 'OS_FOREIGN_KEY_BROKEN')
    return new ObjectStackError({
      code: 'foreign_key_violation',
      message:
        'A value of a field with a foreign key refers to a record that does not exist. Correct the value or create the record.',
    });
  return planStale(plan, after);
}

/** Adds the statement of the plan that failed, and its change, to an error of the database. */
function withStatement(error: unknown, { ddl, ddlOffset }: MigrationRun): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { statementIndex, ...details } = error.details;
  const statement = typeof statementIndex === 'number' ? ddl[statementIndex - ddlOffset] : undefined;
  if (!statement) return error;
  return new ObjectStackError({
    code: error.code,
    message: `${statement.explanation} ${error.message}`,
    details: { ...details, changeId: statement.changeId, statement: statement.order },
  });
}

/** The error with which applying a plan rejects; `after` is the schema after the failure. */
export function explainFailure(
  error: unknown,
  run: MigrationRun,
  { plan, after }: { plan: MigrationPlan; after: CurrentSchema },
): unknown {
  const guard = guardOf(error);
  if (!ObjectStackError.isInstance(error)) return error;
  if (error.code === 'sql_error' && isStale(plan, after)) return planStale(plan, after);
  if (guard === undefined) return withStatement(error, run);
  const { code, message, details } = guardError(guard, plan, after);
  const { statementIndex } = error.details;
  return withStatement(new ObjectStackError({ code, message, details: { ...details, statementIndex } }), run);
}
