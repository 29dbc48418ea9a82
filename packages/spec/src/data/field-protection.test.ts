import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { EncryptionConfigSchema, MaskingRuleSchema } from './field-protection.zod.js';

describe('EncryptionConfigSchema', () => {
  it.each([
    { keyManagement: { provider: 'aws-kms', rotationPolicy: { frequencyDays: 90 } }, scope: 'table' },
  ])('returns %j unchanged', (value) => {
    expect(EncryptionConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['scope', { scope: 'cell' }],
    ['algorithm', { algorithm: 'rot13' }],
    ['keyManagement.provider', { keyManagement: { provider: 'paper' } }],
    [
      'keyManagement.rotationPolicy.frequencyDays',
      { keyManagement: { provider: 'local', rotationPolicy: { frequencyDays: 0 } } },
    ],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(EncryptionConfigSchema, {
        ...{ keyManagement: { provider: 'local' }, scope: 'field' },
        ...change,
      }),
    ).toEqual([path]);
  });
});

describe('MaskingRuleSchema', () => {
  it('need not name the field that has it', () => {
    expect(MaskingRuleSchema.safeParse({ strategy: 'hash' }).success).toBe(true);
  });

  it.each([{ field: 'a', strategy: 'hash', roles: ['x'], preserveLength: false }])(
    'returns %j unchanged',
    (value) => {
      expect(MaskingRuleSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['strategy', { strategy: 'blur' }],
    ['field', { field: 5 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(MaskingRuleSchema, { ...{ field: 'a', strategy: 'redact' }, ...change })).toEqual([
      path,
    ]);
  });
});
