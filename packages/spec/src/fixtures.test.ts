import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { FIXTURES } from '../test/fixtures/index.js';
import { isSchema } from '../test/walk-schema.js';
import * as protocol from './index.js';

const exported: [string, unknown][] = Object.entries(protocol);
const schemas = new Map(exported.filter((entry): entry is [string, z.ZodType] => isSchema(entry[1])));
const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function cases(kind: 'valid' | 'invalid' | 'breaking') {
  return [...schemas].flatMap(([name, schema]) =>
    (FIXTURES[name]?.[kind] ?? []).map((value) => ({ name, schema, value: withoutUndefined(value) })),
  );
}

describe('the fixtures', () => {
  it('have a valid and an invalid value for every exported schema', () => {
    expect(Object.keys(FIXTURES).sort()).toEqual([...schemas.keys()].sort());
    const poor = Object.entries(FIXTURES).filter(
      ([, { valid, invalid }]) => !valid.length || !invalid.length,
    );
    expect(poor).toEqual([]);
  });

  it.each(cases('valid'))('$name accepts $value', ({ schema, value }) => {
    expect(schema.safeParse(value).error).toBeUndefined();
  });

  it.each(cases('invalid'))('$name rejects $value', ({ schema, value }) => {
    const { error } = schema.safeParse(value);
    expect(error?.issues.some(({ code }) => code !== 'custom')).toBe(true);
  });

  it.each(cases('breaking'))('$name rejects $value because of a refinement', ({ schema, value }) => {
    expect(JSON.stringify(schema.safeParse(value).error?.issues)).toContain('"code":"custom"');
  });
});
