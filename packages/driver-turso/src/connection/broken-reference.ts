import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * SQLite reports that a foreign key is violated, but not which one. It checks deferred constraints at commit, and leaves the
 * transaction open if one is violated, so the violations can be queried inside it. Some may be older, in rows that were
 * written without enforcement. Only foreign keys with more violations inside the transaction than outside can be the cause.
 */

/** A violated foreign key. */
export interface BrokenReference {
  readonly object: string;
  readonly field: string;
  readonly target: string;
}

/**
 * Selects the violated foreign keys, each with its number of violating rows. Scans every table that has a foreign key, so
 * it is only used after a failure.
 */
export const BROKEN_REFERENCES = `SELECT broken."table" AS object, "key"."from" AS field, broken.parent AS target,
    count(*) AS count
  FROM temp.pragma_foreign_key_check AS broken
  JOIN temp.pragma_foreign_key_list(broken."table") AS "key" ON "key".id = broken.fkid AND "key".seq = 0
  GROUP BY broken."table", broken.fkid`;

/** A violated foreign key and its number of violating rows. */
export type BrokenCount = BrokenReference & { readonly count: number };

/** One row of the result of {@link BROKEN_REFERENCES}. */
export const toBrokenCount = (
  row: Readonly<Record<'object' | 'field' | 'target' | 'count', unknown>>,
): BrokenCount => ({
  object: String(row.object),
  field: String(row.field),
  target: String(row.target),
  count: Number(row.count),
});

/** Reads the result of {@link BROKEN_REFERENCES}. */
export const brokenCounts = ({ rows }: SqlResult): BrokenCount[] =>
  rows.map((row) => toBrokenCount(row as Parameters<typeof toBrokenCount>[0]));

/** The first foreign key with more violations inside a transaction than outside it. */
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

/** Whether the error is a foreign key violation that does not name the foreign key. */
export const isUnnamedReference = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) &&
  error.code === 'foreign_key_violation' &&
  error.details.object === undefined;

/** Runs a write. If it violates a foreign key that can be determined, the error names it. */
export async function namingReference<T>(
  find: (error: ObjectStackError) => Promise<ObjectStackError | null>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUnnamedReference(error)) throw error;
    // The search may fail on a server; then the original error of the write is thrown.
    throw (await find(error).catch(() => null)) ?? error;
  }
}

/** The error with additional details and a message that contains them. */
export function namedViolation(
  { code, details }: ObjectStackError,
  message: string,
  named: Readonly<Record<string, unknown>>,
): ObjectStackError {
  return new ObjectStackError({ code, message, details: { ...details, ...named } });
}

/** The error for a row that refers to a missing row. */
export function missingReference(
  error: ObjectStackError,
  { object, field, target }: BrokenReference,
  rest: Readonly<Record<string, unknown>> = {},
): ObjectStackError {
  const message = `${object}.${field} refers to a record of ${target} that does not exist. Pass the id of a record, or create it first.`;
  return namedViolation(error, message, { object, field, ...rest });
}

/** The error for deleting a row that is still referenced. */
export function stillReferredTo(
  error: ObjectStackError,
  { object, field, target }: BrokenReference,
): ObjectStackError {
  const message = `A record of ${target} is still referred to by ${object}.${field}. Delete these records first, or let them refer to another record.`;
  return namedViolation(error, message, { object: target, referredBy: { object, field } });
}

/** The error of a commit, explained by the results of {@link BROKEN_REFERENCES} inside and outside its transaction. */
export function namingBrokenReference(
  error: ObjectStackError,
  inside: SqlResult | null,
  outside: SqlResult | null,
): ObjectStackError {
  if (!inside || !outside || !isUnnamedReference(error)) return error;
  const broken = newlyBroken(brokenCounts(inside), brokenCounts(outside));
  return broken ? missingReference(error, broken) : error;
}
