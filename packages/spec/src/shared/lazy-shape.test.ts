import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lazyShape } from './lazy-shape.js';

function countedSchema() {
  let made = 0;
  const shape = lazyShape(() => {
    made += 1;
    return { a: z.string(), b: z.number().optional() };
  });
  const schema = z.strictObject(shape).describe('Counted.');
  return { schema, madeSoFar: () => made };
}

describe('lazyShape', () => {
  it('creates the keys once, when a value is first parsed', () => {
    const { schema, madeSoFar } = countedSchema();
    const list = z.array(schema).optional();
    expect(madeSoFar()).toBe(0);
    expect(list.parse([{ a: 'x' }])).toEqual([{ a: 'x' }]);
    expect(schema.safeParse({ a: 1, c: 2 }).error?.issues.map(({ code }) => code)).toEqual([
      'invalid_type',
      'unrecognized_keys',
    ]);
    expect(madeSoFar()).toBe(1);
  });

  it('behaves like any other shape', () => {
    expect(Object.keys(countedSchema().schema.shape)).toEqual(['a', 'b']);
    expect(Object.keys(countedSchema().schema.omit({ a: true }).extend({ c: z.string() }).shape)).toEqual([
      'b',
      'c',
    ]);
    expect(z.toJSONSchema(countedSchema().schema)).toMatchObject({
      required: ['a'],
      additionalProperties: false,
    });
  });
});
