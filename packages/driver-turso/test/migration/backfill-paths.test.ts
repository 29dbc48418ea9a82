import { ObjectStackError } from '@objectstack/spec/shared';
import { isSampled, type Random, randomFrom, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { choice, thing } from '../change-case.js';
import { freshDatabase, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();
type Fields = Record<string, Record<string, unknown>>;
type Driver = Awaited<ReturnType<typeof freshDatabase>>['driver'];

const FIRST: Fields = {
  name: { type: 'text' },
  state: choice('select', 'New', 'Done'),
  amount: { type: 'text' },
};

/** Changes whose hints remain in the metadata, as authors leave them there for tenants that skip versions. */
const CHANGES: readonly ((fields: Fields) => Fields)[] = [
  (fields) => ({ ...fields, title: { type: 'text', required: true, backfill: { field: 'name' } } }),
  (fields) => ({
    ...fields,
    state: { ...choice('select', 'open', 'closed'), backfill: { values: { New: 'open', Done: 'closed' } } },
  }),
  (fields) => ({ ...fields, amount: { type: 'number', backfill: { values: { one: 1, two: 2 } } } }),
  (fields) => ({ ...fields, created: { type: 'datetime', backfill: { field: 'created_at' } } }),
  (fields) => ({ ...fields, kind: { type: 'text', required: true, backfill: 'plain' } }),
  (fields) => ({ ...fields, note: { type: 'text' } }),
  (fields) => ({ ...fields, name: { ...fields.name, label: 'Name' } }),
];

function versionsOf(random: Random): Fields[] {
  const changes = random.shuffle(CHANGES).slice(0, 4);
  const versions = [FIRST];
  for (const change of changes) versions.push(change(versions.at(-1) ?? FIRST));
  return versions;
}

async function prepared(): Promise<Driver> {
  const { driver } = await freshDatabase(thing(FIRST));
  const rows = [
    { id: 't0', name: 'a', state: 'New', amount: 'one' },
    { id: 't1', name: 'b', state: 'Done', amount: '7' },
    { id: 't2', name: 'c', created_at: '2026-01-31T12:00:00.000Z' },
  ];
  for (const row of rows) await driver.create('thing', row, { system: true });
  return driver;
}

const rowsOf = async (driver: Driver) =>
  (await driver.find('thing', { orderBy: [{ field: 'id' }] })).map(
    ({ created_at: _at, updated_at: _to, created, ...row }) => ({
      ...row,
      isCopied: created === undefined || created === _at,
    }),
  );

/** Deploys the versions in this order; the code of the error that stops it. */
async function walk(driver: Driver, versions: readonly Fields[]): Promise<string | null> {
  try {
    for (const fields of versions) await applyMigrations(driver, await planFor(driver, thing(fields)));
    return null;
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error.code;
    throw error;
  }
}

/** All ways from the first version to the last, by the versions in between. */
const pathsOf = (versions: readonly Fields[]): Fields[][] => {
  const between = versions.slice(1, -1);
  return Array.from({ length: 2 ** between.length }, (_, bits) => [
    ...between.filter((_version, index) => bits & (1 << index)),
    ...versions.slice(-1),
  ]);
};

describe('versions with backfills', () => {
  it.each(SEEDS(40))(
    'end alike on every path, and all of it can be rolled back (%i, %i)',
    async (first, count) => {
      for (let seed = first; seed < first + count; seed++) {
        const versions = versionsOf(randomFrom(seed));
        const base = await rowsOf(await prepared());
        const ends: unknown[] = [];
        for (const [index, path] of pathsOf(versions).entries()) {
          if (!isSampled(index, 3) && index > 0 && index < 7) continue;
          const driver = await prepared();
          expect(await walk(driver, path)).toBeNull();
          ends.push(await rowsOf(driver));
          for (let deployed = path.length; deployed > 0; deployed--) {
            const plan = await planRollback(driver);
            await applyMigrations(driver, plan, { allow: losses(plan) });
          }
          expect(await rowsOf(driver)).toEqual(base);
          expect(await faultsIn(driver)).toEqual([]);
        }
        for (const end of ends) expect(end).toEqual(ends[0]);
      }
    },
    600_000,
  );

  it('stop where a version that was skipped had the backfill', async () => {
    const title = { type: 'text', required: true };
    const [all, skipping] = [await prepared(), await prepared()];
    const withHint: Fields = { ...FIRST, title: { ...title, backfill: { field: 'name' } } };
    const without: Fields = { ...FIRST, title };
    expect(await walk(all, [withHint, without])).toBeNull();
    expect(await walk(skipping, [without])).toBe('not_null_violation');
    expect((await rowsOf(all)).map((row) => 'title' in row && row.title)).toEqual(['a', 'b', 'c']);
  });
});
