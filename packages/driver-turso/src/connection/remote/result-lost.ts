import { ObjectStackError } from '@objectstack/spec/shared';

/** Whether a failed request may have taken effect. */
export type Outcome = 'none' | 'unknown';

/** The address is part of the cause, which responses to clients of a service do not contain. */
export function unreachable(details: Record<string, unknown>, host: string): ObjectStackError {
  const { reason = 'no response' } = details;
  return new ObjectStackError({
    code: 'database_unreachable',
    message: 'The server of the database cannot be reached. Check that it runs, and the URL of the database.',
    cause: new Error(`${host}: ${reason}`),
    details,
  });
}

/** A write that took effect although its response was lost. */
export function resultLost(): ObjectStackError {
  return new ObjectStackError({
    code: 'result_lost',
    message:
      'The write took effect, but the response with its result was lost. Read the records instead of repeating the write.',
    details: { outcome: 'applied' },
  });
}

export const isResultLost = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'result_lost';
