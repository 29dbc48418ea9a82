import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { wholeState } from '../whole-state.js';

const text = { type: 'text' };
const TARGET = object('target', { name: text });
const CHILD = object('child', { link: { type: 'lookup', reference: 'target' } });

async function prepared() {
  const { driver } = await freshDatabase([TARGET]);
  await deploy(driver, [CHILD], { owner: 'crm' });
  return driver;
}

describe('an object to which an object of another owner refers', () => {
  it.each([
    ['removed', []],
    ['renamed', [object('other', { name: text }, { renamedFrom: 'target' })]],
    ['replaced', [object('target', { name: text }, { renamedFrom: 'source' })]],
  ])('cannot be %s', async (change, after) => {
    const driver = await prepared();
    if (change === 'replaced') await deploy(driver, [TARGET, object('source', { name: text })]);
    const before = await wholeState(driver);
    await expect(planFor(driver, after)).rejects.toMatchObject({
      code: 'object_conflict',
      details: { object: 'target', referredToBy: 'child' },
    });
    expect(await wholeState(driver)).toEqual(before);
  });

  it('can be changed in every other way, and removed once nothing refers to it', async () => {
    const driver = await prepared();
    await deploy(driver, [object('target', { title: { ...text, renamedFrom: 'name' }, more: text })]);
    const { id } = await driver.create('target', { title: 'a' });
    expect(await driver.create('child', { link: id })).toMatchObject({ link: id });
    await deploy(driver, [], { owner: 'crm', allow: ['remove_object:child'] });
    await deploy(driver, [], { allow: ['remove_object:target'] });
    expect((await createSqliteSchemaDiff().introspect(driver)).tables).toEqual([]);
  });
});
