import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, planRollback, runPreflight } = createSqliteSchemaDiff();
const name = { type: 'text' };
const TOOL = [object('tool', { name })];

async function tools(names: readonly string[]) {
  const { driver } = await freshDatabase(TOOL);
  for (const each of names) await driver.create('tool', { name: each });
  return driver;
}

describe('a required field that is added', () => {
  it.each([
    ['text', { type: 'text', defaultValue: "it's" }, "it's"],
    ['number', { type: 'number', defaultValue: 0 }, 0],
    ['boolean', { type: 'boolean', defaultValue: false }, false],
    ['list', { type: 'tags', defaultValue: ['a', 'b'] }, ['a', 'b']],
    ['token', { type: 'datetime', defaultValue: 'NOW()' }, null],
    ['optional', { type: 'text', defaultValue: 'd', required: false }, null],
  ])('begins with its literal default in records that exist: %s', async (_what, field, expected) => {
    const driver = await tools(['a', 'b']);
    const allow = expected === null ? ['add_field:tool.x'] : [];
    await deploy(driver, [object('tool', { name, x: { required: true, ...field } })], { allow });
    expect((await driver.find('tool')).map(({ x }) => x ?? null)).toEqual([expected, expected]);
    await applyMigrations(driver, await planRollback(driver), { allow: ['remove_field:tool.x'] });
    expect((await driver.find('tool')).map((row) => 'x' in row)).toEqual([false, false]);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('needs approval by its id without a literal default, unless there are no records', async () => {
    const after = [object('tool', { name, x: { type: 'text', required: true } })];
    const driver = await tools(['a', 'b']);
    const plan = await planFor(driver, after);
    expect(plan.diff.fields).toMatchObject([{ code: 'DD201', risk: 'may_fail' }]);
    expect(await runPreflight(driver, plan)).toMatchObject([{ checkId: 'missing:tool.x', rows: 2 }]);
    const samples = (await driver.find('tool')).map(({ id }) => id);
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'not_null_violation',
      details: { object: 'tool', field: 'x', rows: 2, samples, changeId: 'add_field:tool.x' },
    });
    expect((await driver.find('tool')).map((row) => 'x' in row)).toEqual([false, false]);
    await applyMigrations(driver, plan, { allow: ['add_field:tool.x'] });
    expect(await driver.count('tool')).toBe(2);
    expect(await deploy(await tools([]), after)).toMatchObject({ outcome: 'applied' });
  });

  it('is counted as a duplicate where one default would fill several unique values', async () => {
    const driver = await tools(['a', 'b']);
    const code = { type: 'text', required: true, unique: true, defaultValue: 'd' };
    const plan = await planFor(driver, [object('tool', { name, code })]);
    expect((await runPreflight(driver, plan)).map(({ rows }) => rows)).toContain(2);
    await expect(applyMigrations(driver, plan, { allow: losses(plan) })).rejects.toThrow();
  });
});

describe('an optional field that becomes required', () => {
  const tool = (field: object) => [object('tool', { name, x: { type: 'text', ...field } })];

  it.each([
    ['of the same type', { type: 'text', required: true, defaultValue: "it's" }, "it's"],
    [
      'in its column too',
      { type: 'text', required: true, storage: { notNull: true }, defaultValue: 'd' },
      'd',
    ],
    ['of another type', { type: 'tags', required: true, defaultValue: ['d'] }, ['d']],
  ])(
    'fills records without a value from its literal default until a rollback: %s',
    async (_what, after, filled) => {
      const { driver } = await freshDatabase(tool({}));
      for (const id of ['kept', 'empty', 'rewritten', 'changed'])
        await driver.create('tool', { id, name: id, ...(id === 'kept' && { x: 'v' }) });
      const values = async () =>
        Object.fromEntries((await driver.find('tool')).map(({ id, x }) => [id, x ?? null]));
      const isList = Array.isArray(filled);
      const written = (value: string) => (isList ? [value] : value);
      await deploy(driver, tool(after));
      expect(await values()).toEqual({
        kept: written('v'),
        empty: filled,
        rewritten: filled,
        changed: filled,
      });
      await driver.update('tool', 'rewritten', { x: filled });
      await driver.update('tool', 'changed', { x: written('w') });
      await applyMigrations(driver, await planRollback(driver));
      expect(await values()).toEqual({
        kept: 'v',
        empty: null,
        rewritten: isList ? filled[0] : filled,
        changed: 'w',
      });
      expect(await faultsIn(driver)).toEqual([]);
    },
  );

  it.each([
    ['without a literal default', 'change_field:tool.x', tool({ required: true })],
    [
      'with another name',
      'rename_field:tool.y',
      [object('tool', { name, y: { type: 'text', required: true, renamedFrom: 'x' } })],
    ],
  ])('needs approval by its id %s', async (_what, changeId, after) => {
    const { driver } = await freshDatabase(tool({}));
    await driver.create('tool', { name: 'a' });
    const plan = await planFor(driver, after);
    expect(plan.diff.fields).toMatchObject([{ id: changeId, code: 'DD201', risk: 'may_fail' }]);
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'not_null_violation',
      details: { rows: 1, changeId },
    });
    expect(await applyMigrations(driver, plan, { allow: [changeId] })).toMatchObject({ outcome: 'applied' });
  });
});
