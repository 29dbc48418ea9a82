import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { choice, number, text, thing, was } from '../change-case.js';
import { freshDatabase, planFor } from '../database.js';

const { applyMigrations, runPreflight } = createSqliteSchemaDiff();

type Fields = Record<string, Record<string, unknown>>;

interface Case {
  readonly what: string;
  readonly before: Fields;
  readonly after: Fields;
  readonly records: readonly Record<string, unknown>[];
  /** Rules of the filled field that records violate, and their numbers. */
  readonly counts: Readonly<Record<string, number>>;
}

const copy = { backfill: { field: 'a' } };
const required = { required: true };
const open = choice('select', 'open');

const CASES: readonly Case[] = [
  {
    what: 'options that the other field does not have',
    before: { a: text },
    after: { a: text, b: { ...open, ...copy } },
    records: [{ a: 'open' }, { a: 'shut' }, {}],
    counts: { not_offered: 1 },
  },
  {
    what: 'options of a list',
    before: { a: { type: 'tags' } },
    after: { a: { type: 'tags' }, b: { ...choice('multiselect', 'x'), ...copy } },
    records: [{ a: ['x'] }, { a: ['x', 'y'] }],
    counts: { not_offered: 1 },
  },
  {
    what: 'lengths and formats',
    before: { a: text },
    after: { a: text, b: { type: 'email', maxLength: 6, minLength: 6, ...copy } },
    records: [{ a: 'a@b.co' }, { a: 'a@b.com' }, { a: 'short' }],
    counts: { too_long: 1, too_short: 1, malformed: 1 },
  },
  {
    what: 'ranges',
    before: { a: number },
    after: { a: number, b: { ...number, min: 0, max: 9, ...copy } },
    records: [{ a: -1 }, { a: 5 }, { a: 10 }],
    counts: { too_small: 1, too_large: 1 },
  },
  {
    what: 'values that only become required',
    before: { a: text, b: { ...text, maxLength: 2 } },
    after: { a: text, b: { ...text, maxLength: 2, ...required, ...copy } },
    records: [{ a: 'long' }, { a: 'long', b: 'ok' }],
    counts: { too_long: 1 },
  },
  {
    what: 'a source that is renamed and becomes stricter itself',
    before: { old: text },
    after: { a: { ...text, ...was('old'), maxLength: 2 }, b: { ...text, maxLength: 2, ...copy } },
    records: [{ old: 'long' }],
    counts: { too_long: 1 },
  },
  {
    what: 'a source that is converted',
    before: { a: text },
    after: { a: number, b: { ...number, max: 9, ...copy } },
    records: [{ a: '10' }],
    counts: { too_large: 1 },
  },
  {
    what: 'a time of creation',
    before: { a: text },
    after: { a: text, b: { type: 'datetime', backfill: { field: 'created_at' } } },
    records: [{}],
    counts: {},
  },
  {
    what: 'a source with the same rules',
    before: { a: { ...open, maxLength: 4 } },
    after: { a: { ...open, maxLength: 4 }, b: { ...open, maxLength: 4, ...copy } },
    records: [{ a: 'open' }],
    counts: {},
  },
  {
    what: 'a table, whose values were validated',
    before: { a: text },
    after: { a: text, b: { ...open, backfill: { field: 'a', values: { x: 'open' } } } },
    records: [{ a: 'x' }, { a: 'y' }],
    counts: {},
  },
];

describe('the rules of a field that a backfill fills', () => {
  it.each(CASES)('are counted for $what', async ({ before, after, records, counts }) => {
    const { driver } = await freshDatabase(thing(before));
    for (const [index, record] of records.entries())
      await driver.create('thing', { id: `t${index}`, ...record });
    const plan = await planFor(driver, thing(after));
    const found = (await runPreflight(driver, plan)).flatMap(({ checkId, rows }) => {
      const [kind = '', place] = checkId.split(':');
      return place === 'thing.b' && kind !== 'filled' && rows > 0 ? [[kind, rows] as const] : [];
    });
    expect(Object.fromEntries(found)).toEqual(counts);
    expect(await applyMigrations(driver, plan)).toMatchObject({ outcome: 'applied' });
  });
});
