import { formatPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { choice, contentOf, notNull, number, text, thing, was } from '../change-case.js';
import { deploy, freshDatabase, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, planRollback, runPreflight, introspect } = createSqliteSchemaDiff();
type Driver = Awaited<ReturnType<typeof freshDatabase>>['driver'];
type Facts = Record<string, unknown>;

async function prepared(a: Facts, values: readonly unknown[]) {
  const { driver, path } = await freshDatabase(thing({ a }));
  for (const [index, value] of values.entries())
    await driver.create('thing', { id: `t${index}`, a: value }, { system: true });
  return { driver, path };
}

const valuesOf = async (driver: Driver, name = 'a') =>
  (await driver.find('thing', { orderBy: [{ field: 'id' }] })).map((record) => record[name] ?? null);

const rollBack = async (driver: Driver, deploymentId?: string) => {
  const plan = await planRollback(driver, deploymentId === undefined ? undefined : { deploymentId });
  return applyMigrations(driver, plan, { allow: losses(plan) });
};

const replace = (values: Facts) => ({ backfill: { values } });
const old = choice('select', 'New', 'Done', 'Lost');
const next = choice('select', 'open', 'closed');

interface Case {
  readonly what: string;
  readonly before: Facts;
  readonly after: Facts;
  readonly values: readonly unknown[];
  readonly becomes: readonly unknown[];
  readonly sql?: string;
}

const CASES: readonly Case[] = [
  {
    what: 'options',
    before: old,
    after: { ...next, ...replace({ New: 'open', Done: 'closed', Lost: 'closed' }) },
    values: ['New', 'Done', 'Lost', null],
    becomes: ['open', 'closed', 'closed', null],
    sql: `UPDATE "thing" SET "a" = CASE WHEN "thing"."a" IS NULL THEN NULL ELSE CASE "thing"."a" WHEN 'Done' THEN 'closed' WHEN 'Lost' THEN 'closed' WHEN 'New' THEN 'open' ELSE "thing"."a" END END`,
  },
  {
    what: 'texts that become booleans, some of which fit without the table',
    before: text,
    after: { type: 'boolean', ...replace({ yes: true, no: false }) },
    values: ['yes', 'no', 'true', null],
    becomes: [true, false, true, null],
  },
  {
    what: 'numbers that become options',
    before: number,
    after: { ...next, ...replace({ 1: 'open', 2: 'closed' }) },
    values: [1, 2, null],
    becomes: ['open', 'closed', null],
  },
  {
    what: 'booleans that become options',
    before: { type: 'boolean' },
    after: { ...next, required: true, ...replace({ true: 'open', false: 'closed' }) },
    values: [true, false],
    becomes: ['open', 'closed'],
  },
  {
    what: 'values that another value replaces, in a NOT NULL column',
    before: { ...old, ...notNull },
    after: { ...old, ...notNull, ...replace({ New: 'Done', Done: 'New' }) },
    values: ['New', 'Done', 'Lost'],
    becomes: ['Done', 'New', 'Lost'],
  },
  {
    what: 'timestamps that become options, named in another notation',
    before: { type: 'datetime' },
    after: { ...next, ...replace({ '2026-01-31T12:00Z': 'open' }) },
    values: ['2026-01-31T12:00:00Z', null],
    becomes: ['open', null],
  },
  {
    what: 'texts with quotes',
    before: text,
    after: { ...text, ...replace({ "it's": "isn't" }) },
    values: ["it's", 'its'],
    becomes: ["isn't", 'its'],
  },
];

describe('a backfill with a table of the values of its field', () => {
  it.each(CASES)('replaces $what, once and until a rollback', async (each) => {
    const { before, after, values, becomes, sql } = each;
    const { driver, path } = await prepared(before, values);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, thing({ a: after }));
    if (sql !== undefined) expect(plan.statements.map((statement) => statement.sql)).toContain(sql);
    const changed = plan.statements.filter(({ explanation }) =>
      explanation.includes('table of its backfill'),
    );
    expect(
      changed.length + plan.statements.filter(({ kind }) => kind === 'rebuild_table').length,
    ).toBeGreaterThan(0);
    const findings = await runPreflight(driver, plan);
    expect(
      findings.filter(({ checkId, rows }) => /^(misfits|not_offered):/.test(checkId) && rows > 0),
    ).toEqual([]);
    await applyMigrations(driver, plan);
    expect(await valuesOf(driver)).toEqual(becomes);
    expect((await planFor(driver, thing({ a: after }))).statements).toEqual([]);
    const withMore = await planFor(driver, thing({ a: { ...after, label: 'A' }, b: text }));
    expect(withMore.statements.filter(({ kind }) => kind === 'convert_column')).toEqual([]);
    await rollBack(driver);
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('counts the values that it does not name', async () => {
    const { driver } = await prepared(text, ['yes', 'maybe']);
    const plan = await planFor(driver, thing({ a: { type: 'boolean', ...replace({ yes: true }) } }));
    const rows = (await runPreflight(driver, plan)).map(({ checkId, rows }) => [checkId, rows]);
    expect(Object.fromEntries(rows)).toMatchObject({ 'misfits:thing.a': 1, 'replaced:thing.a': 1 });
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'conversion_failed' });
    expect(await valuesOf(driver)).toEqual(['yes', 'maybe']);
    const options = await planFor(driver, thing({ a: { ...next, ...replace({ yes: 'open' }) } }));
    const offered = (await runPreflight(driver, options)).map(({ checkId, rows }) => [checkId, rows]);
    expect(Object.fromEntries(offered)).toMatchObject({ 'not_offered:thing.a': 1, 'replaced:thing.a': 1 });
    expect(options.diff.fields).toMatchObject([{ code: 'DD206', risk: 'safe' }]);
    const same = await planFor(driver, thing({ a: { ...text, ...replace({ yes: 'no' }) } }));
    expect(same.diff.fields).toMatchObject([{ code: 'BC303', risk: 'safe' }]);
    const lines = formatPlan(same)
      .split('\n')
      .filter((line) => line.includes('thing.a'));
    expect(lines).toEqual([expect.stringMatching(/^ {2}safe +BC303 +change_field:thing\.a /)]);
  });

  it('keeps what was written since, in a rollback and when it is redone', async () => {
    const { driver } = await prepared(old, ['New', 'New', 'Done', 'Done']);
    await deploy(driver, thing({ a: { ...next, ...replace({ New: 'open', Done: 'closed' }) } }));
    await driver.update('thing', 't1', { a: 'closed' });
    await rollBack(driver);
    expect(await valuesOf(driver)).toEqual(['New', 'closed', 'Done', 'Done']);
    await driver.update('thing', 't2', { a: 'Lost' });
    const { deploymentId } = await introspect(driver);
    await rollBack(driver, deploymentId ?? '');
    expect(await valuesOf(driver)).toEqual(['open', 'closed', 'Lost', 'closed']);
    await rollBack(driver);
    expect(await valuesOf(driver)).toEqual(['New', 'closed', 'Lost', 'Done']);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('replaces the values of a field that is renamed in the same plan', async () => {
    const { driver, path } = await prepared(old, ['New', 'Done']);
    const base = await contentOf(driver, path);
    await deploy(driver, thing({ b: { ...next, ...was('a'), ...replace({ New: 'open', Done: 'closed' }) } }));
    expect(await valuesOf(driver, 'b')).toEqual(['open', 'closed']);
    await rollBack(driver);
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });

  it('is reported as unused if the field is new', async () => {
    const { driver } = await prepared(text, ['x']);
    const plan = await planFor(driver, thing({ a: text, b: { ...text, ...replace({ x: 'y' }) } }));
    expect(plan.diff.notices).toMatchObject([{ code: 'backfill_not_used', object: 'thing', field: 'b' }]);
  });
});
