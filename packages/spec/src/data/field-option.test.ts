import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { SelectOptionSchema } from './field-option.zod.js';

describe('SelectOptionSchema', () => {
  it.each(['a', 'A B', 'ünïcode', '0'])('accepts any non-empty value: %s', (value) => {
    expect(SelectOptionSchema.parse({ label: 'x', value })).toEqual({ label: 'x', value });
  });

  it.each([
    ['value', { label: 'None', value: '' }],
    ['label', { value: 'a' }],
    ['default', { label: 'A', value: 'a', default: 'yes' }],
  ])('rejects an invalid %s', (path, option) => {
    expect(issuePaths(SelectOptionSchema, option)).toEqual([path]);
  });
});
