import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { withoutPattern } from './without-pattern.js';

const NameSchema = withoutPattern(z.string().regex(/^[a-z_]+$/), /__/).describe('A name.');

describe('withoutPattern', () => {
  it.each(['a', 'a_b', '_'])('accepts %s', (text) => {
    expect(NameSchema.parse(text)).toBe(text);
  });

  it('rejects a text in which the pattern occurs, with a format issue', () => {
    expect(NameSchema.safeParse('a__b').error?.issues).toEqual([
      expect.objectContaining({ code: 'invalid_format', format: 'excluded_pattern', path: [] }),
    ]);
  });

  it('reports both patterns', () => {
    expect(NameSchema.safeParse('A__B').error?.issues).toHaveLength(2);
  });

  it.each([
    ['itself', NameSchema],
    ['with another description', NameSchema.describe('Another.')],
    ['when optional', NameSchema.optional()],
  ])('is converted to JSON Schema, %s', (_, schema) => {
    expect(z.toJSONSchema(schema)).toMatchObject({ pattern: '^[a-z_]+$', not: { pattern: '__' } });
  });
});
