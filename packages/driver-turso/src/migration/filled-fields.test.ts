import { describe, expect, it } from 'vitest';
import { deploy, freshDatabase, object, planFor } from '../../test/database.js';
import { losses } from '../../test/rich-plans.js';
import { faultsIn } from '../../test/whole-state.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

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
    await deploy(driver, [object('tool', { name, x: { required: true, ...field } })]);
    expect((await driver.find('tool')).map(({ x }) => x ?? null)).toEqual([expected, expected]);
    await applyMigrations(driver, await planRollback(driver), { allow: ['remove_field:tool.x'] });
    expect((await driver.find('tool')).map((row) => 'x' in row)).toEqual([false, false]);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('is counted as a duplicate where one default would fill several unique values', async () => {
    const driver = await tools(['a', 'b']);
    const code = { type: 'text', required: true, unique: true, defaultValue: 'd' };
    const plan = await planFor(driver, [object('tool', { name, code })]);
    expect((await runPreflight(driver, plan)).map(({ rows }) => rows)).toContain(2);
    await expect(applyMigrations(driver, plan, { allow: losses(plan) })).rejects.toThrow();
  });
});
