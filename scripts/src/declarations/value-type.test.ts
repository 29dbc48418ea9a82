import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { NamedSchemas } from './named-schemas.js';
import { writtenSchemaType } from './schema-type.js';
import { valueType } from './value-type.js';

const PlanSchema = z.enum(['free', 'pro']).describe('A plan.');
const named: NamedSchemas = {
  bySchema: new Map([[PlanSchema, { name: 'PlanSchema', schema: PlanSchema, types: { output: 'Plan' } }]]),
  byName: new Map(),
  byType: new Map(),
  files: new Map(),
};
const writer = () => ({ named, mentioned: new Set<string>() });
const sides = (schema: z.ZodType) =>
  (['input', 'output'] as const).map((side) => valueType(schema, side, writer()).replace(/\s+/g, ' '));
const both = (type: string) => [type, type];

describe('valueType', () => {
  it.each<[string, z.ZodType, string[]]>([
    ['a default', z.string().default('a'), ['string | undefined', 'string']],
    ['an optional key', z.object({ a: z.string().optional() }), both('{ a?: string | undefined; }')],
    ['an exactly optional key', z.object({ a: z.string().exactOptional() }), both('{ a?: string; }')],
    [
      'a default key',
      z.object({ a: z.int().default(1) }),
      ['{ /** @defaultValue `1` */ a?: number | undefined; }', '{ /** @defaultValue `1` */ a: number; }'],
    ],
    ['a loose object', z.looseObject({ 'a-b': z.null() }), both('{ "a-b": null; [key: string]: unknown; }')],
    ['an empty object', z.strictObject({}), both('Record<string, never>')],
    ['a list of a union', z.array(z.union([z.literal(1), z.string()])), both('(1 | string)[]')],
    ['a tuple with a rest', z.tuple([z.string()], z.boolean()), both('[string, ...boolean[]]')],
    ['a record', z.record(z.string(), z.unknown()), both('Record<string, unknown>')],
    ['a partial record', z.partialRecord(z.enum(['a']), z.never()), both('Partial<Record<"a", never>>')],
    ['a named schema', PlanSchema.optional(), both('Plan | undefined')],
    ['a schema derived from a named one', PlanSchema.describe('Another.').nullable(), both('Plan | null')],
  ])('writes %s', (_, schema, types) => {
    expect(sides(schema)).toEqual(types);
  });

  it.each<[string, z.ZodType]>([
    ['a date', z.date()],
    ['a transform', z.string().transform(Number)],
    ['a catchall', z.object({}).catchall(z.string())],
    ['an optional default', z.string().optional().default('a')],
    ['a record of optional values', z.record(z.string(), z.string().optional())],
    ['a big integer', z.literal(1n)],
  ])('rejects %s instead of publishing any', (_, schema) => {
    expect(() => sides(z.array(schema))).toThrow('No declaration can be written for');
  });
});

describe('writtenSchemaType', () => {
  it.each<[string, z.ZodType, string]>([
    ['an enum', z.enum(['a-b']), 'z.ZodEnum<{ "a-b": "a-b"; }>'],
    ['integers', z.int().min(1), 'z.ZodInt'],
    ['instants', z.iso.datetime(), 'z.ZodISODateTime'],
    ['a union', z.union([z.null(), PlanSchema]), 'z.ZodUnion<readonly [z.ZodNull, typeof PlanSchema]>'],
    [
      'a strict object',
      z.strictObject({ a: z.string() }),
      'ExplicitObject<{ a: z.ZodString; }, z.core.$strict, { a: string; }>',
    ],
    [
      'a partial record',
      z.partialRecord(PlanSchema, z.null()),
      'z.ZodRecord<typeof PlanSchema & z.core.$partial, z.ZodNull>',
    ],
    ['a tuple', z.tuple([z.null()]), 'z.ZodTuple<[z.ZodNull], null>'],
    ['an alias', PlanSchema.describe('Another.'), 'typeof PlanSchema'],
  ])('writes %s', (_, schema, type) => {
    expect(writtenSchemaType(schema, writer()).replace(/\s+/g, ' ')).toBe(type);
  });

  it('rejects an unknown class', () => {
    expect(() => writtenSchemaType(z.file(), writer())).toThrow('the class ZodFile');
  });
});
