import { ObjectStackError } from '@objectstack/spec/shared';
import type { Columns } from './columns-of.js';
import type { WriteContext } from './write-context.js';

const LARGEST = '9223372036854775807';
const IS_ASSIGNED = `SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ? AND seq = ${LARGEST}) AS assigned`;

/** Whether the table assigned the largest id. Only a table with AUTOINCREMENT fails after it; others find an unused id. */
async function isLargestAssigned({ executor, model }: WriteContext): Promise<boolean> {
  const result = await executor.execute({ sql: IS_ASSIGNED, args: [model.name] }).catch(() => undefined);
  return result?.rows[0]?.assigned === 1;
}

/** SQLite reports a full database if no integer id is left to assign. Any other error is returned as it is. */
export async function explainExhaustedIds(
  context: WriteContext,
  columns: readonly Columns[],
  error: unknown,
): Promise<unknown> {
  const needsIds = columns.some(({ id }) => id === null);
  if (!needsIds || !ObjectStackError.isInstance(error, 'database_full')) return error;
  const isGiven = columns.some(({ id }) => String(id) === LARGEST);
  if (!isGiven && !(await isLargestAssigned(context))) return error;
  const { name } = context.model;
  return new ObjectStackError({
    code: 'validation_failed',
    message: `The database cannot assign an id to a record of ${name}: the largest one, ${LARGEST}, is in use. Give the record an id.`,
    details: {
      object: name,
      violations: [
        {
          field: 'id',
          rule: 'required',
          expected: 'An unused integer, because none is left after the largest.',
        },
      ],
    },
  });
}
