import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { number, text, thing } from '../change-case.js';
import { freshDatabase, planFor } from '../database.js';
import { losses } from '../rich-plans.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();

const unique = (field: object = text) => thing({ a: { ...text, unique: true, ...field } });

/** SQLite checks a unique index after each record, not at the end of a statement. */
describe('a backfill that replaces the values of a unique field', () => {
  it.each([
    ['by each other', { x: 'y', y: 'x' }, ['x', 'y'], ['y', 'x']],
    ['in a chain, the last one first', { x: 'y', y: 'z' }, ['y', 'x'], ['z', 'y']],
    ['in a chain, the first one first', { x: 'y', y: 'z' }, ['x', 'y'], ['y', 'z']],
  ])('replaces them %s, and a rollback restores them', async (_what, values, before, after) => {
    const { driver } = await freshDatabase(unique());
    for (const [index, a] of before.entries()) await driver.create('thing', { id: `t${index}`, a });
    const found = async () => (await driver.find('thing', { orderBy: [{ field: 'id' }] })).map(({ a }) => a);
    const plan = await planFor(driver, unique({ backfill: { values } }));
    await applyMigrations(driver, plan, { allow: losses(plan) });
    expect(await found()).toEqual(after);
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: losses(back) });
    expect(await found()).toEqual(before);
  });

  it('replaces them together with the type', async () => {
    const { driver } = await freshDatabase(unique());
    for (const a of ['x', '1']) await driver.create('thing', { id: `t${a}`, a });
    const plan = await planFor(driver, unique({ ...number, backfill: { values: { x: 1, 1: 2 } } }));
    await applyMigrations(driver, plan, { allow: losses(plan) });
    expect((await driver.find('thing', { orderBy: [{ field: 'a' }] })).map(({ id, a }) => [id, a])).toEqual([
      ['tx', 1],
      ['t1', 2],
    ]);
  });
});
