import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formatDescription, keySchemaAt, keysOf, schemaAt, valueAt } from './schema-at.js';

const Name = z.string().min(2).describe('Name of something.');
const Choice = z.union([z.string(), z.object({ a: z.number() }), z.object({ b: Name })]);
const Schema = z.object({
  list: z.array(Choice.nullable()).default([]),
  map: z.record(Name, z.boolean()).optional(),
});

describe('schemaAt', () => {
  it('finds the schema of a part through lists, records, alternatives and defaults', () => {
    expect(schemaAt(Schema, [])).toBe(Schema);
    expect(schemaAt(Schema, ['list', 0, 'b'])).toBe(Name);
    expect(schemaAt(Schema, ['map', 'x'])).toBeInstanceOf(z.ZodBoolean);
    expect(schemaAt(Schema, ['list', 0, 'c'])).toBeUndefined();
    expect(schemaAt(Schema, ['constructor'])).toBeUndefined();
    expect(schemaAt(Schema, ['map', 'x', 'y'])).toBeUndefined();
  });

  it('finds it in a schema that parses its input in two stages, preferably the second one', () => {
    const Staged = z.array(z.string()).pipe(z.array(Name));
    expect(schemaAt(Staged, [0])).toBe(Name);
    const Given = z.object({ a: Name });
    expect(
      schemaAt(
        Given.transform(({ a }) => a),
        ['a'],
      ),
    ).toBe(Name);
  });
});

describe('keySchemaAt', () => {
  it('finds the schema of the keys of a record', () => {
    expect(keySchemaAt(Schema, ['map', 'x'])).toBe(Name);
    expect(keySchemaAt(Schema, ['list', 0])).toBeUndefined();
  });
});

describe('keysOf', () => {
  it('lists the keys of an object and of alternatives', () => {
    expect(keysOf(Schema)).toEqual(['list', 'map']);
    expect(keysOf(Choice.optional())).toEqual(['a', 'b']);
    expect(keysOf(Name)).toEqual([]);
  });
});

describe('formatDescription', () => {
  it('is the description of the schema that another one was derived from', () => {
    expect(formatDescription(Name.describe('Name of the owner.').optional())).toBe('Name of something.');
    expect(formatDescription(z.string())).toBeUndefined();
  });
});

describe('valueAt', () => {
  it('reads own properties only', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});
