import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type MigrationPlan, planStale } from '@objectstack/spec/system';
import { guardOf } from '../plan/draft/guards.js';
import { isStale } from './failed-change.js';
import type { MigrationRun } from './migration-statements.js';

/** What a guard found in the data, or in the schema. */
function stopped(guard: unknown, plan: MigrationPlan, after: CurrentSchema): ObjectStackError {
  if (guard === 'OS_VALUE_MISFIT')
    return new ObjectStackError({
      code: 'conversion_failed',
      message: 'A stored value does not fit what its field is to hold.',
    });
  if (guard === 'OS_VALUE_MISSING')
    return new ObjectStackError({
      code: 'not_null_violation',
      message:
        'There are records without one. Write values into them, give the field a literal default, or allow the change by its id.',
    });
  if (guard === 'OS_FOREIGN_KEY_BROKEN')
    return new ObjectStackError({
      code: 'foreign_key_violation',
      message: 'A record refers to one that does not exist, and its field is to have a foreign key.',
    });
  return planStale(plan, after);
}

/** Names the statement of the plan, and the change, that an error of the database stands for. */
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

/** The error that applying rejects with; `after` is the schema as it is then. */
export function explainFailure(
  error: unknown,
  run: MigrationRun,
  { plan, after }: { plan: MigrationPlan; after: CurrentSchema },
): unknown {
  const guard = guardOf(error);
  if (!ObjectStackError.isInstance(error)) return error;
  if (error.code === 'sql_error' && isStale(plan, after)) return planStale(plan, after);
  if (guard === undefined) return withStatement(error, run);
  const { code, message, details } = stopped(guard, plan, after);
  const { statementIndex } = error.details;
  return withStatement(new ObjectStackError({ code, message, details: { ...details, statementIndex } }), run);
}
