import type { SqlValue } from '@objectstack/spec/contracts';
import type { ObjectStackError } from '@objectstack/spec/shared';
import { namedViolation, namingReference } from '../connection/broken-reference.js';
import type { Operation } from './operation.js';

/*
 * SQLite reports that a foreign key is violated, but not which one. After a failed write, these functions search for a
 * lookup of the record whose target does not exist, or for a record that references the one to be deleted.
 */

/** Whether a query has a row. */
export async function exists(
  { executor }: Operation,
  sql: string,
  args: readonly SqlValue[] = [],
): Promise<boolean> {
  const { rows } = await executor.read({ sql, args, limit: 1, offset: null });
  return rows.length > 0;
}

/** Details of the error: the foreign key that was found, or at least the object that was written. */
export const namingViolation = <T>(
  { model }: Operation,
  find: (error: ObjectStackError) => Promise<ObjectStackError | null>,
  write: () => Promise<T>,
): Promise<T> =>
  namingReference(async (error) => {
    const named = await find(error).catch(() => null);
    return named ?? namedViolation(error, error.message, { object: model.name });
  }, write);
