import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { keysOfSchema } from './schema-keys.js';

const Leaf = z.looseObject({ a: z.string() });

describe('keysOfSchema', () => {
  it.each([
    { what: 'text', schema: z.string() },
    { what: 'anything', schema: z.unknown() },
    { what: 'a list of texts', schema: z.array(z.string()) },
    { what: 'several objects to choose from', schema: z.union([Leaf, z.looseObject({ b: z.string() })]) },
  ])('finds none in $what', ({ schema }) => {
    expect(keysOfSchema(schema)).toBeUndefined();
  });

  it.each([
    { what: 'optional', schema: Leaf.optional() },
    { what: 'default', schema: Leaf.default({ a: '' }) },
    { what: 'text or object', schema: z.union([z.string(), Leaf]) },
  ])('looks through $what', ({ schema }) => {
    expect(keysOfSchema(schema)).toBe(keysOfSchema(Leaf));
  });

  it('reads a schema that contains itself', () => {
    const Tree = z.looseObject({
      get children() {
        return z.array(Tree).optional();
      },
    });
    const keys = keysOfSchema(Tree);
    expect(keys?.kind === 'object' && keys.keys.get('children')?.()).toEqual({ kind: 'items', item: keys });
  });

  it('tells one from a list of them', () => {
    const keys = keysOfSchema(z.union([z.string(), Leaf, z.array(Leaf)]));
    const one = keysOfSchema(Leaf);
    expect(keys).toEqual({ kind: 'one_or_list', one, list: { kind: 'items', item: one } });
  });

  it('tells apart by the discriminator', () => {
    const B = z.looseObject({ type: z.literal('b') });
    const C = z.looseObject({ type: z.literal(['c', 'd']) });
    const keys = keysOfSchema(z.discriminatedUnion('type', [B, C]));
    expect(keys?.kind === 'choice' && [...keys.options.keys()]).toEqual(['b', 'c', 'd']);
  });
});
