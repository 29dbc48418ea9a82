import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * SQLite says that a foreign key does not hold, and not which one. It checks deferred ones when a transaction commits, and
 * leaves the transaction open when one does not hold: then the transaction itself can be asked which one it is.
 */

/** A foreign key of which a row refers to nothing. */
export interface BrokenReference {
  readonly object: string;
  readonly field: string;
  readonly target: string;
}

/** Selects the first foreign key that does not hold. Looks at every row that has one, so it is only for failures. */
export const BROKEN_REFERENCE = `SELECT broken."table" AS object, "key"."from" AS field, broken.parent AS target
  FROM temp.pragma_foreign_key_check AS broken
  JOIN temp.pragma_foreign_key_list(broken."table") AS "key" ON "key".id = broken.fkid AND "key".seq = 0 LIMIT 1`;

/** Whether an error is about a foreign key and does not say which. */
export const isUnnamedReference = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) &&
  error.code === 'foreign_key_violation' &&
  error.details.object === undefined;

/** The error with further details, and with a message that says them. */
export function namedViolation(
  { code, details }: ObjectStackError,
  message: string,
  named: Readonly<Record<string, unknown>>,
): ObjectStackError {
  return new ObjectStackError({ code, message, details: { ...details, ...named } });
}

/** The error, about a row that refers to nothing. */
export function missingReference(
  error: ObjectStackError,
  { object, field, target }: BrokenReference,
  rest: Readonly<Record<string, unknown>> = {},
): ObjectStackError {
  const message = `${object}.${field} refers to a record of ${target} that does not exist.`;
  return namedViolation(error, message, { object, field, ...rest });
}

/** The error, about a row that is referred to and was to be deleted. */
export function stillReferredTo(
  error: ObjectStackError,
  { object, field, target }: BrokenReference,
): ObjectStackError {
  const message = `A record of ${target} is still referred to by ${object}.${field}.`;
  return namedViolation(error, message, { object: target, referredBy: { object, field } });
}

/** The error of a commit; `result` is what its transaction answered to {@link BROKEN_REFERENCE}. */
export function namingBrokenReference(error: ObjectStackError, result: SqlResult | null): ObjectStackError {
  const [row] = result?.rows ?? [];
  if (!row || !isUnnamedReference(error)) return error;
  const { object, field, target } = row;
  return missingReference(error, {
    object: String(object),
    field: String(field),
    target: String(target),
  });
}
