import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { BACKFILL_CASES, BACKFILL_TYPES, fieldOf } from '../backfill-cases.js';
import { contentOf, lookup, number, text, thing, was } from '../change-case.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();
type Driver = Awaited<ReturnType<typeof freshDatabase>>['driver'];
type Facts = Record<string, unknown>;

const required = { required: true };
const account = object('account', { name: text });

const valuesOf = async (driver: Driver) =>
  Object.fromEntries((await driver.find('thing')).map(({ id, a }) => [id, a ?? null]));

async function filled(before: Facts, values: readonly unknown[]) {
  const { driver, path } = await freshDatabase([account, ...thing({ a: before, other: text })]);
  await driver.create('account', { id: 'p1' });
  for (const [index, a] of values.entries())
    await driver.create('thing', { id: `t${index}`, a }, { system: true });
  return { driver, path };
}

const to = (a: Facts, rest: Record<string, Facts> = {}) => [account, ...thing({ a, other: text, ...rest })];
const rollBack = async (driver: Driver) => {
  const plan = await planRollback(driver);
  return applyMigrations(driver, plan, { allow: losses(plan) });
};

describe('a backfill', () => {
  it.each(sampleOf(BACKFILL_TYPES, 4))(
    'fills records without a value of a %s that becomes required, until a rollback',
    async (type, backfill) => {
      const { driver, path } = await filled(fieldOf(type), [null, backfill]);
      const base = await contentOf(driver, path);
      await deploy(driver, to({ ...fieldOf(type), ...required, backfill }));
      expect(await valuesOf(driver)).toEqual({ t0: backfill, t1: backfill });
      await rollBack(driver);
      expect((await contentOf(driver, path)).rows).toEqual(base.rows);
      expect(await faultsIn(driver)).toEqual([]);
    },
  );

  it.each(sampleOf(BACKFILL_TYPES, 4))(
    'is what an optional %s that is added begins with in records that exist',
    async (type, backfill) => {
      const { driver } = await filled(text, ['kept', null]);
      await deploy(driver, to(text, { b: { ...fieldOf(type), backfill } }));
      expect((await driver.find('thing')).map(({ b }) => b)).toEqual([backfill, backfill]);
      expect((await driver.create('thing', { id: 'later' })).b ?? null).toBeNull();
      await rollBack(driver);
      expect((await driver.find('thing')).map((row) => 'b' in row)).toEqual([false, false, false]);
      expect(await faultsIn(driver)).toEqual([]);
    },
  );

  it.each(BACKFILL_CASES)('%s', async (_what, before, after, values, becomes, allow = []) => {
    const { driver, path } = await filled(before, values);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, to(after));
    await applyMigrations(driver, plan, { allow });
    expect(Object.values(await valuesOf(driver))).toEqual(becomes);
    expect(await faultsIn(driver)).toEqual([]);
    expect((await planFor(driver, to(after))).statements).toEqual([]);
    await rollBack(driver);
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });

  it('fills a field that is renamed and becomes required in one plan', async () => {
    const { driver, path } = await filled(text, [null, 'v']);
    const base = await contentOf(driver, path);
    await deploy(driver, [
      account,
      ...thing({ b: { ...text, ...required, backfill: 'b', ...was('a') }, other: text }),
    ]);
    expect((await driver.find('thing')).map(({ b }) => b)).toEqual(['b', 'v']);
    await rollBack(driver);
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });

  it('is counted before, named in the plan, and needs no approval', async () => {
    const { driver } = await filled(text, [null, '', 'v']);
    const plan = await planFor(
      driver,
      to({ ...text, ...required, backfill: 'b' }, { c: { ...number, ...required, backfill: 1 } }),
    );
    const rows = (await runPreflight(driver, plan)).map(({ checkId, rows }) => [checkId, rows]);
    expect(Object.fromEntries(rows)).toMatchObject({
      'filled:thing.a': 2,
      'filled:thing.c': 3,
      'missing:thing.a': 0,
      'missing:thing.c': 0,
    });
    expect(plan.statements.filter(({ explanation }) => explanation.includes('backfill'))).toHaveLength(2);
    expect(plan.diff.fields.map(({ id, code }) => [id, code])).toEqual([
      ['change_field:thing.a', 'DD201'],
      ['add_field:thing.c', 'SF002'],
    ]);
    expect(await applyMigrations(driver, plan)).toMatchObject({ outcome: 'applied' });
  });

  it('is undone except where a value was written since, and redone after that', async () => {
    const { driver } = await filled(text, [null, null, null, 'v']);
    await deploy(driver, to({ ...text, ...required, backfill: 'b' }));
    await driver.update('thing', 't1', { a: 'w' });
    await driver.update('thing', 't2', { a: 'b' });
    await rollBack(driver);
    expect(await valuesOf(driver)).toEqual({ t0: null, t1: 'w', t2: 'b', t3: 'v' });
    await driver.create('thing', { id: 'later' });
    const { deploymentId } = await introspect(driver);
    const redo = await planRollback(driver, { deploymentId: deploymentId ?? '' });
    await applyMigrations(driver, redo, { allow: losses(redo) });
    expect(await valuesOf(driver)).toEqual({ t0: 'b', t1: 'w', t2: 'b', t3: 'v', later: null });
    await rollBack(driver);
    expect(await valuesOf(driver)).toEqual({ t0: null, t1: 'w', t2: 'b', t3: 'v', later: null });
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('keeps a number that was written since although it is the backfill', async () => {
    const { driver } = await filled(text, [null, null]);
    await deploy(driver, to({ ...number, ...required, backfill: 0 }));
    await driver.update('thing', 't1', { a: 0 });
    await rollBack(driver);
    expect(await valuesOf(driver)).toEqual({ t0: null, t1: '0' });
  });

  it('is no default for later records', async () => {
    const { driver } = await filled(text, []);
    await deploy(driver, to({ ...text, ...required, backfill: 'b' }));
    await expect(driver.create('thing', {})).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it.each([
    ['an added lookup', to(text, { b: lookup('account', { backfill: 'gone' }) }), 'b'],
    [
      'an added lookup that is required',
      to(text, { b: lookup('account', { ...required, backfill: 'gone' }) }),
      'b',
    ],
  ])('that refers to nothing is found and refused: %s', async (_what, after, name) => {
    const { driver } = await filled(text, ['v', null]);
    const plan = await planFor(driver, after);
    const findings = await runPreflight(driver, plan);
    expect(findings.find(({ checkId }) => checkId === `orphans:thing.${name}`)).toMatchObject({ rows: 2 });
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'foreign_key_violation',
      details: { changeId: `add_field:thing.${name}` },
    });
    expect(await faultsIn(driver)).toEqual([]);
  });

  it.each([{ deleteBehavior: 'restrict' }, {}])(
    'that refers to nothing is found in a lookup that becomes required: %j',
    async (facts) => {
      const { driver } = await filled(lookup('account', facts), ['p1', null]);
      const plan = await planFor(driver, to(lookup('account', { ...facts, ...required, backfill: 'gone' })));
      const findings = await runPreflight(driver, plan);
      expect(findings.find(({ checkId }) => checkId === 'orphans:thing.a')).toMatchObject({ rows: 1 });
      await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'foreign_key_violation' });
      expect(await valuesOf(driver)).toEqual({ t0: 'p1', t1: null });
    },
  );

  it.each([
    ['several records', [null, null], 'unique_violation'],
    ['one record, and another has the value', [null, 'b'], 'unique_violation'],
    ['one record', [null, 'v'], null],
  ])('of a unique field is refused where it fills %s', async (_what, values, code) => {
    const unique = { ...text, unique: true };
    const { driver } = await filled(unique, values);
    const plan = await planFor(driver, to({ ...unique, ...required, backfill: 'b' }));
    const isFound = (await runPreflight(driver, plan)).some(
      ({ checkId, rows }) => checkId.startsWith('duplicates:') && rows > 0,
    );
    expect(isFound).toBe(code !== null);
    const outcome = await applyMigrations(driver, plan).catch((error) => error);
    expect(outcome).toMatchObject(code ? { code } : { outcome: 'applied' });
  });

  it.each([
    ['of another type', { ...number, ...required, backfill: 'one', defaultValue: 1 }],
    ['of an autonumber', { type: 'autonumber', format: 'B{0}', backfill: 'B9' }],
  ])('%s is refused', async (_what, b) => {
    const { driver } = await filled(text, ['v']);
    await expect(planFor(driver, to(text, { b }))).rejects.toMatchObject({
      code: 'invalid_request',
      details: { object: 'thing', issues: [{ path: '/fields/b/backfill', code: 'invalid_backfill' }] },
    });
  });
});
