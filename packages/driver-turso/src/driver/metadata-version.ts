import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ReadStatement } from './read-statement.js';

/*
 * A statement is compiled from the metadata of one deployment and may run only while that deployment is the latest.
 * Another process may deploy between compiling and running, so the database asserts it: a read in its LIMIT, which
 * SQLite evaluates once before the first row and in the same snapshot as the rows; a write by a guard statement before
 * it in the same transaction. A mismatch raises an error, and nothing is read or written.
 */

/** Selects the id of the latest deployment, which is the version of the metadata. */
export const METADATA_VERSION = 'SELECT id FROM _os_deployment ORDER BY sequence DESC LIMIT 1';

const METADATA_CHANGED = 'OS_METADATA_CHANGED';

const whenLatest = (result: string) =>
  `CASE WHEN (${METADATA_VERSION}) = ? THEN ${result} ELSE json_extract('{}', '${METADATA_CHANGED}') END`;

const GUARDED_LIMIT = ` limit ${whenLatest('?')}`;

/** The read with a LIMIT that fails unless the deployment is still the latest. */
export function guardedRead({ sql, args, limit, offset }: ReadStatement, deploymentId: string): SqlStatement {
  const most = limit ?? -1;
  if (offset === null) return { sql: sql + GUARDED_LIMIT, args: [...args, deploymentId, most] };
  return { sql: `${sql}${GUARDED_LIMIT} offset ?`, args: [...args, deploymentId, most, offset] };
}

/** Guard statement that fails, and with it the whole transaction, unless the deployment is still the latest. */
export function versionGuard(deploymentId: string): SqlStatement {
  return { sql: `SELECT ${whenLatest('1')} AS current`, args: [deploymentId] };
}

/** Whether a guard of the metadata version stopped the statement. */
export function isVersionMismatch(error: unknown): boolean {
  return ObjectStackError.isInstance(error) && error.details.guard === METADATA_CHANGED;
}

export function metadataChanged(object: string): ObjectStackError {
  return new ObjectStackError({
    code: 'metadata_changed',
    message: `The metadata changed while ${object} was being read or written. Retry the call.`,
    details: { object },
  });
}
