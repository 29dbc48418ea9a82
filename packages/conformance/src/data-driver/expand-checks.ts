import assert from 'node:assert/strict';
import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { type DriverChecks, ifCapable, must } from './driver-trial.js';

/** A chain of folders, each inside the previous one. */
async function nested(driver: IDataDriver, levels: number): Promise<void> {
  for (let level = 1; level <= levels; level++)
    await driver.create('folder', { id: `f${level}`, parent: level === 1 ? null : `f${level - 1}` });
}

const expandParents = (levels: number): QueryInput =>
  levels === 0 ? { fields: ['name'] } : { fields: ['name'], expand: { parent: expandParents(levels - 1) } };

export const expandChecks: DriverChecks = {
  'one-level': must('replaces the id of a lookup by the referenced record', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme', code: 'x' });
    await driver.create('contact', { id: 'c1', name: 'Ann', account: 'a1' });
    await driver.create('contact', { id: 'c2', name: 'Bob' });
    const found = await driver.find('contact', {
      fields: ['name'],
      expand: { account: { fields: ['code'] } },
    });
    assert.deepEqual(found, [
      { id: 'c1', name: 'Ann', account: { id: 'a1', code: 'x' } },
      { id: 'c2', name: 'Bob', account: null },
    ]);
  }),
  list: ifCapable(
    'arrayFields',
    'replaces a list of ids by the records, in its order, without deleted ones',
    async ({ driver }) => {
      await driver.create('account', { id: 'a1', name: 'Acme' });
      await driver.create('account', { id: 'a2', name: 'Bolt' });
      await driver.create('contact', { partners: ['a2', 'gone', 'a1'] });
      const [contact] = await driver.find('contact', { expand: { partners: { fields: ['name'] } } });
      assert.deepEqual(contact?.partners, [
        { id: 'a2', name: 'Bolt' },
        { id: 'a1', name: 'Acme' },
      ]);
    },
  ),
  'five-levels': must('follows lookups up to five levels deep', async ({ driver }) => {
    await nested(driver, 6);
    const found = await driver.find('folder', expandParents(5));
    let folder: unknown = found.find(({ id }) => id === 'f6');
    for (const id of ['f6', 'f5', 'f4', 'f3', 'f2', 'f1']) {
      assert.equal((folder as DataRecord).id, id);
      folder = (folder as DataRecord).parent;
    }
  }),
};
