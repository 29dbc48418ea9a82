import { ObjectStackError } from '@objectstack/spec/shared';
import { RECORD_EXISTS } from './compile-update.js';
import { recordNotFound } from './record-not-found.js';

/** The error of one item of a list, with the index of the item if it is known. */
export function withIndex(error: unknown, object: string, index: number | undefined): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { statementIndex: _, ...details } = error.details;
  if (details.guard === RECORD_EXISTS) return recordNotFound(object, index);
  const { code, message, retryable } = error;
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: { ...details, ...(index !== undefined && { index }) },
  });
}
