import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { choice, contentOf, lookup, notNull, number, text, thing, was } from '../change-case.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, planRollback, runPreflight, introspect } = createSqliteSchemaDiff();
type Driver = Awaited<ReturnType<typeof freshDatabase>>['driver'];
type Facts = Record<string, unknown>;
type Fields = Record<string, Record<string, unknown>>;

const required = { required: true };
const account = object('account', { name: text });

async function prepared(fields: Fields, records: readonly Facts[]) {
  const { driver, path } = await freshDatabase([account, ...thing(fields)]);
  await driver.create('account', { id: 'p1' });
  for (const [index, record] of records.entries())
    await driver.create('thing', { id: `t${index}`, ...record }, { system: true });
  return { driver, path };
}

const valuesOf = async (driver: Driver, name: string) =>
  (await driver.find('thing', { orderBy: [{ field: 'id' }] })).map((record) => record[name] ?? null);

const rollBack = async (driver: Driver, deploymentId?: string) => {
  const plan = await planRollback(driver, deploymentId === undefined ? undefined : { deploymentId });
  return applyMigrations(driver, plan, { allow: losses(plan) });
};

/** Statements that write records. */
const writesOf = ({ statements }: { statements: readonly { sql: string; kind: string }[] }) =>
  statements
    .filter(({ sql, kind }) => /^UPDATE/.test(sql) && kind === 'convert_column')
    .map(({ sql }) => sql);

interface Case {
  readonly what: string;
  readonly before: Fields;
  readonly after: Fields;
  readonly records: readonly Facts[];
  readonly field: string;
  readonly becomes: readonly unknown[];
  readonly allow?: readonly string[];
  /** SQL that writes the values, if no table is rebuilt. */
  readonly sql?: string;
}

const state = choice('select', 'open', 'done');
const stage = choice('select', 'new', 'old');

const CASES: readonly Case[] = [
  {
    what: 'an added field from another field',
    before: { a: text },
    after: { a: text, b: { ...text, backfill: { field: 'a' } } },
    records: [{ a: 'x' }, { a: null }],
    field: 'b',
    becomes: ['x', null],
    sql: 'UPDATE "thing" SET "b" = "thing"."a"',
  },
  {
    what: 'an added field from the time of creation',
    before: { a: text },
    after: { a: text, b: { type: 'datetime', ...required, backfill: { field: 'created_at' } } },
    records: [{ created_at: '2026-01-31T12:00:00.000Z' }],
    field: 'b',
    becomes: ['2026-01-31T12:00:00.000Z'],
    sql: 'UPDATE "thing" SET "b" = "thing"."created_at"',
  },
  {
    what: 'an added field from a table',
    before: { a: state },
    after: {
      a: state,
      b: { ...stage, ...required, backfill: { field: 'a', values: { open: 'new', done: 'old' } } },
    },
    records: [{ a: 'open' }, { a: 'done' }],
    field: 'b',
    becomes: ['new', 'old'],
    sql: `UPDATE "thing" SET "b" = CASE "thing"."a" WHEN 'done' THEN 'old' WHEN 'open' THEN 'new' ELSE NULL END`,
  },
  {
    what: 'an added NOT NULL field from a table of numbers',
    before: { a: number },
    after: {
      a: number,
      b: { ...text, ...notNull, backfill: { field: 'a', values: { 1: "it's", '2.5': 'two' } } },
    },
    records: [{ a: 1 }, { a: 2.5 }],
    field: 'b',
    becomes: ["it's", 'two'],
  },
  {
    what: 'an added field from a table of booleans',
    before: { a: { type: 'boolean' } },
    after: {
      a: { type: 'boolean' },
      b: { ...number, backfill: { field: 'a', values: { true: 10, false: 20 } } },
    },
    records: [{ a: true }, { a: false }, { a: null }],
    field: 'b',
    becomes: [10, 20, null],
  },
  {
    what: 'an added field from a table of timestamps in other notations',
    before: { a: { type: 'datetime' } },
    after: {
      a: { type: 'datetime' },
      b: {
        ...text,
        backfill: {
          field: 'a',
          values: { '2026-01-31T12:00:00Z': 'noon', '2026-01-31T19:30+05:30': 'two' },
        },
      },
    },
    records: [
      { a: '2026-01-31T12:00:00Z' },
      { a: '2026-01-31T14:00:00.000Z' },
      { a: '2026-01-31T12:00:01Z' },
    ],
    field: 'b',
    becomes: ['noon', 'two', null],
  },
  {
    what: 'an added field from a table of times of day',
    before: { a: { type: 'time' } },
    after: { a: { type: 'time' }, b: { ...text, backfill: { field: 'a', values: { '12:30': 'lunch' } } } },
    records: [{ a: '12:30' }],
    field: 'b',
    becomes: ['lunch'],
  },
  {
    what: 'an added lookup from another lookup',
    before: { a: lookup('account') },
    after: { a: lookup('account'), b: lookup('account', { ...required, backfill: { field: 'a' } }) },
    records: [{ a: 'p1' }],
    field: 'b',
    becomes: ['p1'],
  },
  {
    what: 'an added list from another list',
    before: { a: { type: 'tags' } },
    after: { a: { type: 'tags' }, b: { type: 'tags', ...required, backfill: { field: 'a' } } },
    records: [{ a: ['x', 'y'] }],
    field: 'b',
    becomes: [['x', 'y']],
  },
  {
    what: 'a field that becomes required from another field, where it has no value',
    before: { a: text, b: text },
    after: { a: text, b: { ...text, ...required, backfill: { field: 'a' } } },
    records: [{ a: 'x' }, { a: 'x', b: 'own' }, { a: 'y', b: '' }],
    field: 'b',
    becomes: ['x', 'own', 'y'],
    sql: `UPDATE "thing" SET "b" = coalesce(nullif("thing"."b", ''), "thing"."a")`,
  },
  {
    what: 'a field that becomes NOT NULL from another field',
    before: { a: text, b: text },
    after: { a: text, b: { ...text, ...notNull, backfill: { field: 'a' } } },
    records: [{ a: 'x' }, { a: 'x', b: '' }],
    field: 'b',
    becomes: ['x', ''],
  },
  {
    what: 'a field whose values do not fit its new type, from another field',
    before: { a: number, b: { ...text, ...required } },
    after: { a: number, b: { ...number, ...required, backfill: { field: 'a' } } },
    records: [
      { a: 7, b: 'many' },
      { a: 8, b: '2' },
    ],
    field: 'b',
    becomes: [7, 2],
    allow: ['change_field:thing.b'],
  },
  {
    what: 'a field from one whose type changes in the same plan',
    before: { a: text, b: number },
    after: { a: number, b: { ...number, ...required, backfill: { field: 'a' } } },
    records: [{ a: '7' }, { a: '8', b: 1 }],
    field: 'b',
    becomes: [7, 1],
  },
  {
    what: 'an added field from one whose type changes in the same plan',
    before: { z: text },
    after: { z: number, b: { ...number, ...notNull, backfill: { field: 'z' } } },
    records: [{ z: '7' }],
    field: 'b',
    becomes: [7],
  },
  {
    what: 'a field from one that is filled in the same plan',
    before: { b: text, c: text },
    after: {
      b: { ...text, ...required, backfill: { field: 'c' } },
      c: { ...text, ...required, backfill: 'l' },
    },
    records: [{}, { c: 'x' }],
    field: 'b',
    becomes: ['l', 'x'],
  },
  {
    what: 'a field from one that is added in the same plan',
    before: { b: text },
    after: { b: { ...text, ...required, backfill: { field: 'c' } }, c: { ...text, backfill: 'l' } },
    records: [{}, { b: 'x' }],
    field: 'b',
    becomes: ['l', 'x'],
  },
  {
    what: 'an added field from one that is renamed in the same plan',
    before: { a: text },
    after: { c: { ...text, ...was('a') }, b: { ...text, ...required, backfill: { field: 'c' } } },
    records: [{ a: 'x' }],
    field: 'b',
    becomes: ['x'],
  },
  {
    what: 'a field that is renamed itself',
    before: { a: text, b: text },
    after: { a: text, c: { ...text, ...required, ...was('b'), backfill: { field: 'a' } } },
    records: [{ a: 'x' }, { a: 'y', b: 'own' }],
    field: 'c',
    becomes: ['x', 'own'],
  },
];

describe('a backfill from another field', () => {
  it.each(CASES)(
    'fills $what, until a rollback',
    async ({ before, after, records, field, becomes, allow, sql }) => {
      const { driver, path } = await prepared(before, records);
      const base = await contentOf(driver, path);
      const next = [account, ...thing(after)];
      const plan = await planFor(driver, next);
      if (sql !== undefined) expect(writesOf(plan)).toContain(sql);
      const findings = await runPreflight(driver, plan);
      expect(findings.filter(({ checkId, rows }) => /^(missing|empty):/.test(checkId) && rows > 0)).toEqual(
        [],
      );
      await applyMigrations(driver, plan, { allow: [...(allow ?? [])] });
      expect(await valuesOf(driver, field)).toEqual(becomes);
      expect(await faultsIn(driver)).toEqual([]);
      expect((await planFor(driver, next)).statements).toEqual([]);
      await rollBack(driver);
      expect((await contentOf(driver, path)).rows).toEqual(base.rows);
      expect(await faultsIn(driver)).toEqual([]);
    },
  );

  it('counts the records that it fills, and those that stay without a value, which need approval', async () => {
    const { driver } = await prepared({ a: state, b: text }, [
      { a: 'open' },
      { a: 'done' },
      {},
      { b: 'own' },
    ]);
    const backfill = { field: 'a', values: { open: 'x' } };
    const next = [account, ...thing({ a: state, b: { ...text, ...required, backfill } })];
    const plan = await planFor(driver, next);
    const rows = (await runPreflight(driver, plan)).map(({ checkId, rows }) => [checkId, rows]);
    expect(Object.fromEntries(rows)).toMatchObject({ 'filled:thing.b': 1, 'missing:thing.b': 2 });
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'not_null_violation' });
    await applyMigrations(driver, plan, { allow: ['change_field:thing.b'] });
    expect(await valuesOf(driver, 'b')).toEqual(['x', null, null, 'own']);
    await rollBack(driver);
    expect(await valuesOf(driver, 'b')).toEqual([null, null, null, 'own']);
  });

  it('stops an added required field where the other field has no value', async () => {
    const { driver } = await prepared({ a: text }, [{ a: 'x' }, {}]);
    const plan = await planFor(driver, [
      account,
      ...thing({ a: text, b: { ...text, ...required, backfill: { field: 'a' } } }),
    ]);
    expect(plan.diff.fields).toMatchObject([{ id: 'add_field:thing.b', code: 'DD201', risk: 'may_fail' }]);
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'not_null_violation' });
    expect(await valuesOf(driver, 'a')).toEqual(['x', null]);
  });

  it('is undone except where a record was written since, and redone after that', async () => {
    const { driver } = await prepared({ a: text, b: text }, [
      { a: 'x' },
      { a: 'x' },
      { a: 'x' },
      { b: 'own' },
    ]);
    const b = { ...text, ...required, backfill: { field: 'a' } };
    await deploy(driver, [account, ...thing({ a: text, b })]);
    await driver.update('thing', 't1', { b: 'w' });
    await driver.update('thing', 't2', { b: 'x' });
    await rollBack(driver);
    expect(await valuesOf(driver, 'b')).toEqual([null, 'w', 'x', 'own']);
    const { deploymentId } = await introspect(driver);
    await rollBack(driver, deploymentId ?? '');
    expect(await valuesOf(driver, 'b')).toEqual(['x', 'w', 'x', 'own']);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('is refused if it refers to nothing, or repeats in a unique field', async () => {
    const { driver } = await prepared({ a: text }, [{ a: 'gone' }, { a: 'gone' }]);
    const refused = async (b: Record<string, unknown>) => {
      const plan = await planFor(driver, [
        account,
        ...thing({ a: text, b: { ...b, backfill: { field: 'a' } } }),
      ]);
      await expect(runPreflight(driver, plan)).resolves.toEqual(
        expect.arrayContaining([expect.objectContaining({ rows: 2 })]),
      );
      return expect(applyMigrations(driver, plan)).rejects;
    };
    await (await refused(lookup('account'))).toMatchObject({ code: 'foreign_key_violation' });
    await (await refused({ ...text, unique: true })).toMatchObject({ code: 'unique_violation' });
  });

  it.each([
    ['an unknown field', { field: 'nope' }],
    ['a field of another type', { field: 'n' }],
    ['itself', { field: 'b' }],
    ['values that do not fit', { field: 'a', values: { x: 1 } }],
  ])('is refused if it names %s', async (_what, backfill) => {
    const { driver } = await prepared({ a: text, n: number }, []);
    const after = [account, ...thing({ a: text, n: number, b: { ...text, backfill } })];
    await expect(planFor(driver, after)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '/fields/b/backfill', code: 'invalid_backfill' }] },
    });
  });
});
