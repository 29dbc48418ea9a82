import { describe, expect, it } from 'vitest';
import { connected, freshDatabase, object } from '../../test/database.js';

const NAMES = [
  'order',
  'group',
  'select',
  'table',
  'index',
  'values',
  'where',
  'from',
  'limit',
  'offset',
  'default',
  'check',
  'primary',
  'references',
  'returning',
  'transaction',
  'commit',
  'null',
  'not',
  'case',
  'cast',
  'exists',
  'in',
  'length',
  'columns',
  'rows',
  'constructor',
  'to_string',
  'value_of',
  'has_own_property',
  'prototype',
  'then',
  'rowid',
  'oid',
  'main',
  'temp',
  'excluded',
  'new',
  'old',
  'json',
  'key',
  'value',
  'type',
  'name',
  'a__b',
];

describe('names', () => {
  it('may be SQL keywords and names of what every object or row has, as fields', async () => {
    const fields = Object.fromEntries(NAMES.map((name) => [name, { type: 'text', index: true }]));
    const { driver, url } = await freshDatabase([object('thing', { ...fields, extra: { type: 'text' } })]);
    const data = Object.fromEntries(NAMES.map((name) => [name, `value of ${name}`]));
    const record = await driver.create('thing', data);
    expect(record).toMatchObject(data);
    expect(Object.keys(record)).toHaveLength(NAMES.length + 4);
    const empty = await driver.create('thing', {});
    expect(NAMES.map((name) => empty[name])).toEqual(NAMES.map(() => null));
    const fresh = await connected({ url });
    for (const name of NAMES) {
      const where = { [name]: `value of ${name}` };
      expect(await fresh.find('thing', { where, orderBy: [{ field: name }], fields: [name] })).toEqual([
        { id: record.id, ...where },
      ]);
      expect(await fresh.upsert('thing', { ...where, extra: 'o' }, [name])).toMatchObject({ id: record.id });
      expect(
        await fresh.updateMany('thing', { where: { [name]: { $ne: null } } }, { [name]: data[name] }),
      ).toBe(1);
    }
  });

  it('may be SQL keywords and names of what every object has, as objects', async () => {
    const objects = NAMES.map((name) =>
      object(name, { parent: { type: 'lookup', reference: name }, number: { type: 'autonumber' } }),
    );
    const { driver } = await freshDatabase(objects);
    for (const name of NAMES) {
      const first = await driver.create(name, {});
      expect(await driver.create(name, { parent: first.id })).toMatchObject({
        parent: first.id,
        number: '2',
      });
      expect(await driver.find(name, { where: { parent: first.id } })).toHaveLength(1);
      expect(await driver.count(name)).toBe(2);
    }
  });

  it('find no rules or defaults in what every object inherits', async () => {
    const fields = { constructor: { type: 'text', required: true }, other: { type: 'text' } };
    const { driver } = await freshDatabase([object('thing', fields)]);
    await expect(driver.create('thing', { other: 'a' })).rejects.toMatchObject({
      details: { violations: [{ field: 'constructor', rule: 'required' }] },
    });
    await expect(driver.upsert('thing', { other: 'a' }, ['constructor'])).rejects.toMatchObject({
      code: 'validation_failed',
    });
    const withDefault = { constructor: { type: 'text', defaultValue: 'x' }, number: { type: 'autonumber' } };
    const { driver: second } = await freshDatabase([object('thing', withDefault)]);
    expect(await second.create('thing', {})).toMatchObject({ constructor: 'x', number: '1' });
  });

  it.each(['__proto__', 'hasOwnProperty', '_os_x', 'Name', 'sqlite_x', 'a b', 'a"b', '', 'ä'])(
    'refuse a value for a field named %j',
    async (name) => {
      const { driver } = await freshDatabase([object('thing', { other: { type: 'text' } })]);
      const data = JSON.parse(`{${JSON.stringify(name)}: "x"}`);
      await expect(driver.create('thing', data)).rejects.toMatchObject({
        details: { violations: [{ field: name, rule: 'unknown_field' }] },
      });
      await expect(driver.find('thing', { where: data })).rejects.toMatchObject({ code: 'invalid_filter' });
      expect(({} as { x?: string }).x).toBeUndefined();
    },
  );
});
