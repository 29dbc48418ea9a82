import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { rowsOf } from '../table-rows.js';
import {
  applyAll,
  applyMigrations,
  codeOf,
  databaseWith,
  expectRefusal,
  introspect,
  number,
  planRollback,
  reach,
  runPreflight,
  text,
  to,
  valuesOf,
} from './checks.js';

const { eraseRetained, readHistory, purgeRetained } = createSqliteSchemaDiff();
const autonumber = { type: 'autonumber', format: 'N{0}' };
const KEPT = object('kept', { name: text, gone: text, number: autonumber });
const GONE = object('gone', { name: { ...text, index: true }, number: autonumber });
const LESS = [object('kept', { name: text })];
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

async function prepared() {
  const rows = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  const database = await databaseWith([KEPT, GONE], {
    kept: rows.map((row) => ({ ...row, gone: 'x' })),
    gone: rows,
  });
  await database.driver.deleteMany('gone', { where: { name: 'a' } });
  return database;
}

/** Scenarios of removed, retained and restored data. */
export const UNDO_SCENARIOS = {
  async removals() {
    const { driver } = await prepared();
    const plan = await planFor(driver, LESS);
    await expectRefusal(driver, 'destructive_not_allowed', () => applyMigrations(driver, plan));
    await reach(driver, LESS);
    expect(await valuesOf(driver, 'kept', 'name')).toEqual([['a'], ['b'], ['c']]);
  },

  async 'the rollback'() {
    const { driver, path } = await prepared();
    const before = [await introspect(driver), await rowsOf(path, [KEPT, GONE])];
    await reach(driver, LESS);
    await driver.create('kept', { name: 'd' });
    await applyAll(driver, await planRollback(driver));
    const [{ tables, objects, schemaHash }, rows] = before as [
      Awaited<ReturnType<typeof introspect>>,
      object,
    ];
    expect(await introspect(driver)).toMatchObject({ tables, objects, schemaHash });
    await driver.deleteMany('kept', { where: { name: 'd' } });
    expect(await rowsOf(path, [KEPT, GONE])).toEqual(rows);
    expect(await driver.create('gone', {})).toMatchObject({ number: 'N4' });
  },

  async 'retained data'() {
    const { driver } = await prepared();
    await reach(driver, LESS);
    expect(await purgeRetained(driver, later(6))).toBe(0);
    expect(await codeOf(planRollback(driver))).toBe('done');
    expect(await purgeRetained(driver, later(8))).toBe(2);
    expect(await codeOf(planRollback(driver))).toBe('undo_expired');
  },

  async 'records that are erased'() {
    const { driver } = await prepared();
    const [id = ''] = (await driver.find('gone')).map((row) => row.id);
    await reach(driver, LESS);
    expect(await eraseRetained(driver, 'gone', [id])).toBe(1);
    await applyAll(driver, await planRollback(driver));
    expect(await valuesOf(driver, 'gone', 'name')).toEqual([['c']]);
  },

  async 'a repeated removal'() {
    const { driver } = await prepared();
    await reach(driver, LESS);
    await applyAll(driver, await planRollback(driver));
    await reach(driver, LESS);
  },

  async 'a value that was written afterwards'() {
    const { driver } = await databaseWith([object('thing', { amount: text })], {
      thing: [{ amount: 'x' }, { amount: '1.0' }],
    });
    await reach(driver, [object('thing', { amount: number })]);
    await driver.updateMany('thing', { where: { amount: null } }, { amount: 7 });
    await applyAll(driver, await planRollback(driver));
    expect(await valuesOf(driver, 'thing', 'amount')).toEqual([['7'], ['1.0']]);
  },

  async 'what cannot be restored'() {
    const { driver } = await databaseWith([object('target', {}), object('child', { link: to('target') })], {
      target: [{}],
    });
    await driver.create('child', { link: (await driver.find('target'))[0]?.id });
    await reach(driver, [object('target', {}), object('child', {})]);
    await driver.deleteMany('target', { where: {} });
    const back = await planRollback(driver);
    expect((await runPreflight(driver, back)).filter(({ rows }) => rows > 0)).toMatchObject([
      { checkId: 'lost:child.link', rows: 1 },
    ]);
    await applyAll(driver, back);
    expect(await valuesOf(driver, 'child', 'link')).toEqual([[null]]);
  },

  async 'a rollback that is no longer the latest'() {
    const { driver } = await prepared();
    await reach(driver, LESS);
    const back = await planRollback(driver);
    await deploy(driver, [...LESS, object('more', { name: text })]);
    await reach(driver, LESS);
    await expectRefusal(driver, 'not_latest', () => applyMigrations(driver, back, { allow: losses(back) }));
    const undone = (await readHistory(driver)).at(-1)?.id;
    await applyAll(driver, await planRollback(driver));
    const history = await readHistory(driver);
    expect(history.map(({ id, isRetained }) => id === undone || isRetained)).toEqual(history.map(() => true));
    expect(history.find(({ id }) => id === undone)).toMatchObject({ isRetained: false, isInEffect: false });
  },
} as const;
