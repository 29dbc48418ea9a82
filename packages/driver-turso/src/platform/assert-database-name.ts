import { ObjectStackError } from '@objectstack/spec/shared';

const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Throws `invalid_request` unless the value can be the name of a database. */
export function assertDatabaseName(name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME_PATTERN.test(name)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message:
      'A database name must have 1 to 63 lowercase letters, digits and hyphens, and start with a letter or a digit.',
  });
}
