import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { SelectOptionSchema } from './field-option.zod.js';

describe('SelectOptionSchema', () => {
  it.each(['a', 'A B', 'ünïcode', '0'])('accepts any non-empty value: %s', (value) => {
    expect(SelectOptionSchema.parse({ label: 'x', value })).toEqual({ label: 'x', value });
  });

  it.each([
    ['value', { label: 'None', value: '' }],
    ['default', { label: 'A', value: 'a', default: 'yes' }],
  ])('rejects an invalid %s', (path, option) => {
    expect(issuePaths(SelectOptionSchema, option)).toEqual([path]);
  });

  it.each([['label', { value: 'a' }]])('keeps an unknown shape of %s', (path, change) => {
    const value = change;
    expect(SelectOptionSchema.parse(value)).toEqual(value);
    expect(unknownShapes(SelectOptionSchema, value)).toEqual([path]);
  });
});
