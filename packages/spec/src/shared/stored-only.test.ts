import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hintOf, storedOnly } from './stored-only.js';

const Hint = z.object({ a: z.number(), b: z.string().default('x') });
const Holder = z.looseObject({ kept: storedOnly(Hint).describe('A value.') });

describe('storedOnly', () => {
  it.each([{ a: 1, c: [{ d: 1 }] }, { a: 'text' }, [], null, '', 0, false])(
    'returns %j as it is',
    (value) => {
      expect(Holder.parse({ kept: value }).kept).toBe(value);
    },
  );

  it('accepts an absent value and adds none', () => {
    expect(Holder.parse({})).toEqual({});
  });

  it('accepts every value in JSON Schema and describes the known shape', () => {
    const { properties, required } = z.toJSONSchema(Holder, { io: 'input' });
    expect(required).toBeUndefined();
    expect(properties?.kept).toMatchObject({
      description: 'A value.',
      anyOf: [{}, { type: 'object', properties: { a: { type: 'number' } } }],
    });
  });
});

describe('hintOf', () => {
  it('returns the known shape, also of a described schema', () => {
    expect(hintOf(Holder.shape.kept)).toBe(Hint);
  });

  it.each([z.unknown(), z.string().optional(), z.union([z.string(), z.number()])])(
    'is undefined for other schemas',
    (schema) => {
      expect(hintOf(schema)).toBeUndefined();
    },
  );
});
