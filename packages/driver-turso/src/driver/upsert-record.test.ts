import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const THING = object('thing', {
  key: { type: 'text' },
  part: { type: 'number' },
  note: { type: 'text' },
  flag: { type: 'boolean' },
  when: { type: 'datetime' },
  data: { type: 'json' },
  number: { type: 'autonumber' },
});

describe('upsert', () => {
  it('creates once and then keeps id, creation time and autonumber', async () => {
    const { driver } = await freshDatabase([THING]);
    const first = await driver.upsert('thing', { id: 'chosen', key: 'a', note: '1' }, ['key']);
    expect(first).toMatchObject({ id: 'chosen', key: 'a', note: '1', number: '1' });
    const second = await driver.upsert('thing', { id: 'other', key: 'a', note: '2' }, ['key']);
    expect(second).toEqual({ ...first, note: '2', updated_at: second.updated_at });
    const system = { id: 'third', key: 'a', number: '77', created_at: '2020-01-01T00:00:00.000Z' };
    expect(await driver.upsert('thing', system, ['key'], { system: true })).toMatchObject({
      id: 'chosen',
      number: '1',
      created_at: first.created_at,
    });
    expect(await driver.upsert('thing', { id: 'chosen', note: '3' })).toMatchObject({ key: 'a', note: '3' });
    expect(await driver.count('thing')).toBe(1);
  });

  it('recognizes a record by several keys of several types', async () => {
    const { driver } = await freshDatabase([THING]);
    const keys = ['key', 'part', 'flag', 'when'];
    const data = { key: '', part: 1, flag: false, when: new Date(0) };
    const { id } = await driver.upsert('thing', data, keys);
    expect(await driver.upsert('thing', { ...data, note: 'x' }, keys)).toMatchObject({ id, note: 'x' });
    expect((await driver.upsert('thing', { ...data, flag: true }, keys)).id).not.toBe(id);
  });

  it('makes one record of many that come at once', async () => {
    const { driver } = await freshDatabase([THING]);
    const notes = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all(notes.map((note) => driver.upsert('thing', { key: 'same', note }, ['key'])));
    expect(await driver.count('thing')).toBe(1);
  });

  it.each([
    [{ key: { $ne: null } }, ['key']],
    [{ key: { $field: 'key' } }, ['key']],
    [{ key: ['a'] }, ['key']],
    [{ key: null }, ['key']],
    [{ note: 'x' }, ['key']],
    [{ data: { a: 1 } }, ['data']],
    [{ nothing: 1 }, ['nothing']],
    [{ key: 'a' }, []],
  ])('takes no conditions for keys: %j', async (data, keys) => {
    const { driver } = await freshDatabase([THING]);
    await driver.create('thing', { id: 'x', key: 'a', note: 'kept' });
    await expect(driver.upsert('thing', data as never, keys)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(await driver.find('thing')).toMatchObject([{ id: 'x', key: 'a', note: 'kept' }]);
  });

  it('takes no instant for a key that is a day', async () => {
    const { driver } = await freshDatabase([
      object('visit', { day: { type: 'date' }, note: { type: 'text' } }),
    ]);
    await driver.create('visit', { day: '2026-01-01', note: 'kept' });
    for (const day of ['2026-01-01T00:00:00Z', new Date('2026-01-01T00:00:00Z')]) {
      await expect(driver.upsert('visit', { day, note: 'x' }, ['day'])).rejects.toMatchObject({
        code: 'validation_failed',
        message: expect.stringContaining('day must be a date such as 2026-01-31, without a time'),
        details: { violations: [{ field: 'day', rule: 'type' }] },
      });
    }
    expect(await driver.find('visit')).toMatchObject([{ day: '2026-01-01', note: 'kept' }]);
  });

  it('refuses to choose among several records', async () => {
    const { driver } = await freshDatabase([THING]);
    await driver.bulkCreate('thing', [{ key: 'a' }, { key: 'a' }]);
    await expect(driver.upsert('thing', { key: 'a', note: 'x' }, ['key'])).rejects.toMatchObject({
      code: 'unique_violation',
      details: { object: 'thing', fields: ['key'] },
    });
  });
});
