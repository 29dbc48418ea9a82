import { describe, expect, it } from 'vitest';
import { deploy, directClient, freshDatabase, object, planFor } from '../../../../test/database.js';
import { losses } from '../../../../test/rich-plans.js';
import { createSqliteSchemaDiff } from '../../schema-diff-service.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();
const text = { type: 'text' };
const fieldsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, text]));
const child = object('child', {
  thing: { type: 'lookup', reference: 'thing', deleteBehavior: 'cascade' },
});
const thing = (fields: Parameters<typeof object>[1]) => [
  object('thing', { code: { type: 'text', unique: true }, ...fields }, { indexes: [{ fields: ['keep'] }] }),
  child,
];
const before = thing({
  keep: text,
  parent: { type: 'lookup', reference: 'child' },
  ...fieldsOf(30),
});

/** A table with records that refer to each other, and of which all columns but two are removed. */
async function prepared() {
  const { driver, path } = await freshDatabase(before);
  await driver.create('thing', { id: 'b', code: 'B', keep: 'second', f0: 'x', f29: 'y' });
  await driver.create('thing', { id: 'a', code: 'A', keep: 'first' });
  await driver.create('child', { id: 'c', thing: 'b' });
  await driver.update('thing', 'b', { parent: 'c' });
  const rows = async (sql: string) => (await driver.execute(sql)).rows;
  return { driver, path, rows };
}

const isDrop = ({ sql }: { sql: string }) => sql.includes('DROP COLUMN');

describe('dropColumns', () => {
  it('drops up to four columns one by one, because that is faster than a table rebuild', async () => {
    const { driver } = await freshDatabase(before);
    const dropsFor = async (count: number) =>
      (await planFor(driver, thing({ keep: text, ...fieldsOf(count) }))).statements.filter(isDrop).length;
    expect([await dropsFor(28), await dropsFor(27), await dropsFor(26)]).toEqual([3, 4, 0]);
  });

  it('rebuilds the table once for many columns, and preserves its records, indexes and references', async () => {
    const { driver, rows } = await prepared();
    const plan = await planFor(driver, thing({ keep: text }));
    expect(plan.statements.some(isDrop)).toBe(false);
    await applyMigrations(driver, plan, { allow: losses(plan) });
    expect(await rows('SELECT id, code, keep FROM thing ORDER BY rowid')).toEqual([
      { id: 'b', code: 'B', keep: 'second' },
      { id: 'a', code: 'A', keep: 'first' },
    ]);
    await expect(driver.create('thing', { code: 'A' })).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await driver.find('child')).toMatchObject([{ id: 'c', thing: 'b' }]);
    expect(await rows('SELECT * FROM pragma_foreign_key_check')).toEqual([]);
    expect(await planFor(driver, thing({ keep: text }))).toMatchObject({ statements: [], drift: [] });
  });

  it('restores the values of many columns in a rollback', async () => {
    const { driver, rows } = await prepared();
    const all = 'SELECT id, code, keep, parent, f0, f29 FROM thing ORDER BY rowid';
    const were = await rows(all);
    const plan = await planFor(driver, thing({ keep: text }));
    await applyMigrations(driver, plan, { allow: losses(plan) });
    const back = await planRollback(driver);
    expect(back.statements.length).toBeLessThan(20);
    await applyMigrations(driver, back, { allow: losses(back) });
    expect(await rows(all)).toEqual(were);
    await driver.delete('thing', 'b');
    expect(await driver.count('child')).toBe(0);
  });

  it('reuses the name of one of many removed columns for a renamed field', async () => {
    const { driver, rows } = await prepared();
    const renamed = thing({ keep: text, f0: { ...text, renamedFrom: 'f29' } });
    const plan = await planFor(driver, renamed);
    await deploy(driver, renamed, { allow: losses(plan) });
    expect(await rows('SELECT id, f0 FROM thing ORDER BY rowid')).toEqual([
      { id: 'b', f0: 'y' },
      { id: 'a', f0: null },
    ]);
  });

  it.each([
    'CREATE VIEW theirs AS SELECT f1 FROM thing',
    'CREATE TRIGGER theirs AFTER INSERT ON child BEGIN UPDATE thing SET f1 = new.id; END',
  ])('does not break unmanaged objects: %s', async (sql) => {
    const { driver, path, rows } = await prepared();
    await directClient(path).execute(sql);
    const plan = await planFor(driver, thing({ keep: text })).catch(({ code }) => code);
    if (typeof plan !== 'string')
      await expect(applyMigrations(driver, plan, { allow: losses(plan) })).rejects.toThrow();
    expect(await rows('SELECT f0 FROM thing WHERE f0 IS NOT NULL')).toEqual([{ f0: 'x' }]);
  });
});
