import { ObjectStackError } from '@objectstack/spec/shared';

/** Throws `invalid_request` unless the value is absent or a positive integer. */
export function assertLifetime(seconds: number | undefined): void {
  if (seconds === undefined || (Number.isSafeInteger(seconds) && seconds > 0)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'The lifetime of a token must be a positive integer: a number of seconds.',
  });
}
