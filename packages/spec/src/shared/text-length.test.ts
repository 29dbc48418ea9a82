import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { textLength } from './text-length.js';

const schema = z.string().check(textLength({ min: 2, max: 3 }));

describe('textLength', () => {
  it.each(['ab', 'abc', '😀😀', '😀😀😀', 'é€'])('accepts %s', (text) => {
    expect(schema.parse(text)).toBe(text);
  });

  it.each([
    ['a', 'too_small'],
    ['😀', 'too_small'],
    ['abcd', 'too_big'],
    ['😀😀😀😀', 'too_big'],
  ])('rejects %s as %s', (text, code) => {
    expect(schema.safeParse(text).error?.issues).toMatchObject([{ code, origin: 'string', inclusive: true }]);
  });

  it('has no limit by default', () => {
    expect(
      z
        .string()
        .check(textLength({ max: 3 }))
        .parse(''),
    ).toBe('');
    expect(
      z
        .string()
        .check(textLength({ min: 1 }))
        .parse('x'.repeat(1000)),
    ).toHaveLength(1000);
  });

  it('is converted to a length in JSON Schema', () => {
    expect(z.toJSONSchema(schema)).toMatchObject({ type: 'string', minLength: 2, maxLength: 3 });
    expect(z.toJSONSchema(z.string().check(textLength({ min: 2 })))).not.toHaveProperty('maxLength');
  });
});
