import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { SecretReferenceSchema } from './secret-reference.zod.js';

describe('SecretReferenceSchema', () => {
  it.each([{ env: 'TURSO_TOKEN' }, { env: '_t1' }, { secret: 'turso/platform-token.v2' }])(
    'accepts %j',
    (reference) => {
      expect(SecretReferenceSchema.parse(reference)).toEqual(reference);
    },
  );

  it.each([
    'eyJhbGciOiJFZERTQSJ9.e30.c2ln',
    { env: 'TURSO TOKEN' },
    { env: '' },
    { secret: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' },
    { secret: 'a b' },
    { env: 'TURSO_TOKEN', secret: 'turso' },
    {},
    undefined,
  ])('rejects %j', (value) => {
    expect(issuePaths(SecretReferenceSchema, value)).not.toEqual([]);
  });

  it('does not include a rejected secret in the message', () => {
    const { error } = SecretReferenceSchema.safeParse('s3cr3t-value');
    expect(String(error)).not.toContain('s3cr3t-value');
  });
});
