import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const cel = (source: string) => ({ dialect: 'cel', source });

describe('a default that is a CEL expression', () => {
  it('is evaluated when a record is created, at the time of the write and for its user', async () => {
    const { driver } = await freshDatabase([
      object('task', {
        due: { type: 'date', defaultValue: cel('daysFromNow(7)'), required: true },
        at: { type: 'datetime', defaultValue: cel('now()') },
        state: { type: 'select', options: [{ label: 'New', value: 'new' }], defaultValue: cel('"new"') },
        by: { type: 'text', defaultValue: cel('os.user.id') },
      }),
    ]);
    const task = await driver.create('task', {}, { actor: 'u1' });
    const inAWeek = new Date(Date.parse(String(task.created_at)) + 7 * 86_400_000).toISOString();
    expect(task).toMatchObject({ due: inAWeek.slice(0, 10), at: task.created_at, state: 'new', by: 'u1' });
    const given = await driver.create('task', { due: '2026-01-31', by: null });
    expect(given).toMatchObject({ due: '2026-01-31', by: null });
    const [bulk] = await driver.bulkCreate('task', [{}]);
    expect(bulk).toMatchObject({ state: 'new', by: null });
  });

  it('is not applied if it has no value that the field can store', async () => {
    const { driver } = await freshDatabase([
      object('task', {
        unknown: { type: 'date', defaultValue: cel('todday()') },
        mismatch: { type: 'number', defaultValue: cel('today()') },
        option: { type: 'select', options: [{ label: 'A', value: 'a' }], defaultValue: cel('"b"') },
      }),
      object('strict', { day: { type: 'date', required: true, defaultValue: cel('todday()') } }),
    ]);
    expect(await driver.create('task', {})).toMatchObject({ unknown: null, mismatch: null, option: null });
    await expect(driver.create('strict', {})).rejects.toMatchObject({
      code: 'validation_failed',
      details: { violations: [{ field: 'day', rule: 'required' }] },
    });
  });

  it('fills no stored records and becomes no DEFAULT of a column', async () => {
    const { driver } = await freshDatabase([object('task', { name: { type: 'text' } })]);
    await driver.create('task', { name: 'a' });
    const due = { type: 'date', defaultValue: cel('today()') } as const;
    await driver.syncSchema('task', object('task', { name: { type: 'text' }, due }));
    expect(await driver.find('task')).toMatchObject([{ due: null }]);
    const { rows } = await driver.execute("SELECT sql FROM sqlite_schema WHERE name = 'task'");
    expect(String(rows[0]?.sql)).not.toMatch(/DEFAULT/i);
  });
});
