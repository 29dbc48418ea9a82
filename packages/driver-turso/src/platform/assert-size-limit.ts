import { ObjectStackError } from '@objectstack/spec/shared';

/** Throws `invalid_request` unless the value is absent or a positive integer. */
export function assertSizeLimit(bytes: number | undefined): void {
  if (bytes === undefined || (Number.isSafeInteger(bytes) && bytes > 0)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'The size limit of a database must be a positive integer: a number of bytes.',
  });
}
