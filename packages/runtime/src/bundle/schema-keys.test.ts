import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { keysOfSchema } from './schema-keys.js';

const Leaf = z.looseObject({ a: z.string() });

describe('keysOfSchema', () => {
  it.each([
    { what: 'text', schema: z.string() },
    { what: 'anything', schema: z.unknown() },
    { what: 'a list of strings', schema: z.array(z.string()) },
    { what: 'a union of several objects', schema: z.union([Leaf, z.looseObject({ b: z.string() })]) },
  ])('finds no keys in $what', ({ schema }) => {
    expect(keysOfSchema(schema)).toBeUndefined();
  });

  it.each([
    { what: 'optional', schema: Leaf.optional() },
    { what: 'default', schema: Leaf.default({ a: '' }) },
    { what: 'a string or an object', schema: z.union([z.string(), Leaf]) },
  ])('finds the keys of $what', ({ schema }) => {
    expect(keysOfSchema(schema)).toBe(keysOfSchema(Leaf));
  });

  it('accepts a recursive schema', () => {
    const Tree = z.looseObject({
      get children() {
        return z.array(Tree).optional();
      },
    });
    const keys = keysOfSchema(Tree);
    expect(keys?.kind === 'object' && keys.keys.get('children')?.()).toEqual({ kind: 'items', item: keys });
  });

  it('distinguishes an object from a list of objects', () => {
    const keys = keysOfSchema(z.union([z.string(), Leaf, z.array(Leaf)]));
    const one = keysOfSchema(Leaf);
    expect(keys).toEqual({ kind: 'one_or_list', one, list: { kind: 'items', item: one } });
  });

  it('chooses the variant by the discriminator', () => {
    const B = z.looseObject({ type: z.literal('b') });
    const C = z.looseObject({ type: z.literal(['c', 'd']) });
    const keys = keysOfSchema(z.discriminatedUnion('type', [B, C]));
    expect(keys?.kind === 'choice' && [...keys.options.keys()]).toEqual(['b', 'c', 'd']);
  });
});
