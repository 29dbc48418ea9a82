import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * SQLite says that a foreign key does not hold, and not which one. It checks deferred ones when a transaction commits, and
 * leaves the transaction open when one does not hold: then the transaction itself can be asked which ones do not. Some may
 * not have held before, in rows that were written without foreign keys. Only those of which there are more than without the
 * transaction can have stopped it.
 */

/** A foreign key of which a row refers to nothing. */
export interface BrokenReference {
  readonly object: string;
  readonly field: string;
  readonly target: string;
}

/**
 * Selects the foreign keys that do not hold, each with the number of its rows that refer to nothing. Looks at every row that
 * has a foreign key, so it is only for failures.
 */
export const BROKEN_REFERENCES = `SELECT broken."table" AS object, "key"."from" AS field, broken.parent AS target,
    count(*) AS count
  FROM temp.pragma_foreign_key_check AS broken
  JOIN temp.pragma_foreign_key_list(broken."table") AS "key" ON "key".id = broken.fkid AND "key".seq = 0
  GROUP BY broken."table", broken.fkid`;

/** A foreign key that does not hold, and how often. */
export type BrokenCount = BrokenReference & { readonly count: number };

/** One foreign key of an answer to {@link BROKEN_REFERENCES}. */
export const toBrokenCount = (
  row: Readonly<Record<'object' | 'field' | 'target' | 'count', unknown>>,
): BrokenCount => ({
  object: String(row.object),
  field: String(row.field),
  target: String(row.target),
  count: Number(row.count),
});

/** What {@link BROKEN_REFERENCES} answered. */
export const brokenCounts = ({ rows }: SqlResult): BrokenCount[] =>
  rows.map((row) => toBrokenCount(row as Parameters<typeof toBrokenCount>[0]));

/** The first foreign key that more rows break inside a transaction than outside it. */
export function newlyBroken(
  inside: readonly BrokenCount[],
  outside: readonly BrokenCount[],
): BrokenReference | null {
  const countBefore = ({ object, field, target }: BrokenCount) =>
    outside
      .filter((other) => other.object === object && other.field === field && other.target === target)
      .reduce((sum, { count }) => sum + count, 0);
  return inside.find((broken) => broken.count > countBefore(broken)) ?? null;
}

/** Whether an error is about a foreign key and does not say which. */
export const isUnnamedReference = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) &&
  error.code === 'foreign_key_violation' &&
  error.details.object === undefined;

/** Runs a write; the error of a foreign key that does not hold is the one that names it, if it is found. */
export async function namingReference<T>(
  find: (error: ObjectStackError) => Promise<ObjectStackError | null>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUnnamedReference(error)) throw error;
    // Whatever a server answers to the search, the error of the write is the one to throw.
    throw (await find(error).catch(() => null)) ?? error;
  }
}

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

/** The error of a commit, with what its transaction and the database without it answered to {@link BROKEN_REFERENCES}. */
export function namingBrokenReference(
  error: ObjectStackError,
  inside: SqlResult | null,
  outside: SqlResult | null,
): ObjectStackError {
  if (!inside || !outside || !isUnnamedReference(error)) return error;
  const broken = newlyBroken(brokenCounts(inside), brokenCounts(outside));
  return broken ? missingReference(error, broken) : error;
}
