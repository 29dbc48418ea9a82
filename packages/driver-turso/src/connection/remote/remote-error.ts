import { ObjectStackError } from '@objectstack/spec/shared';

/** Whether a request that failed can have taken effect. */
export type Outcome = 'none' | 'unknown';

export function unreachable(details: Record<string, unknown>): ObjectStackError {
  return new ObjectStackError({
    code: 'database_unreachable',
    message: 'The server of the database cannot be reached.',
    details,
  });
}

/** A write that took effect, though its result was lost on the way. */
export function resultLost(): ObjectStackError {
  return new ObjectStackError({
    code: 'result_lost',
    message: 'The write took effect, but its result was lost on the way.',
    details: { outcome: 'applied' },
  });
}

export const isResultLost = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'result_lost';
