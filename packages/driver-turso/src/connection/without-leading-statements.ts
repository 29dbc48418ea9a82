import { ObjectStackError } from '@objectstack/spec/shared';

/** The error of a batch with the statement index relative to the caller's statements, which follow `count` others. */
export function withoutLeadingStatements(error: unknown, count: number): unknown {
  if (!ObjectStackError.isInstance(error) || typeof error.details.statementIndex !== 'number') return error;
  const { code, message, retryable, details } = error;
  const { statementIndex, ...rest } = details;
  const index = Number(statementIndex) - count;
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: { ...rest, ...(index >= 0 && { statementIndex: index }) },
  });
}
