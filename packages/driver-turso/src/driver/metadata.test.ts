import type { IDataDriver } from '@objectstack/spec/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connected, deploy, freshDatabase, object } from '../../test/database.js';

const WIDE = object('thing', { name: { type: 'text' } });
const NARROW = object('thing', { name: { type: 'text', maxLength: 3 } });
const LONG = { name: 'long' };

const CALLS: [string, (driver: IDataDriver) => Promise<unknown>][] = [
  ['create', (driver) => driver.create('thing', LONG)],
  ['upsert', (driver) => driver.upsert('thing', { ...LONG, id: 'x' })],
  ['bulkCreate', (driver) => driver.bulkCreate('thing', [LONG])],
  [
    'a transaction',
    async (driver) => {
      const transaction = await driver.beginTransaction();
      await driver.create('thing', LONG, { transaction }).finally(() => driver.commit(transaction));
    },
  ],
];

afterEach(() => {
  vi.useRealTimers();
});

describe('Metadata', () => {
  it.each(CALLS)('is looked at again after five seconds, by %s', async (_name, call) => {
    const { driver, url } = await freshDatabase([WIDE]);
    const other = await connected({ url });
    vi.useFakeTimers({ toFake: ['performance'] });
    await driver.refresh();
    await deploy(other, [NARROW]);
    await call(driver);
    vi.advanceTimersByTime(5_001);
    await expect(call(driver)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it.each(CALLS.slice(0, 3))(
    'is looked at again when a column must be filled that nobody knew, by %s',
    async (_name, call) => {
      const { driver, url } = await freshDatabase([WIDE]);
      const other = await connected({ url });
      await driver.refresh();
      const more = { type: 'text', defaultValue: 'd', storage: { notNull: true } };
      await deploy(other, [object('thing', { name: { type: 'text' }, more })]);
      await call(driver);
      expect(await driver.find('thing')).toMatchObject([{ name: 'long', more: 'd' }]);
    },
  );

  it('is looked at again at once when it is told to', async () => {
    const { driver, url } = await freshDatabase([WIDE]);
    await deploy(await connected({ url }), [NARROW]);
    await driver.refresh();
    await expect(driver.create('thing', LONG)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('tells of a rule that a system write breaks once only', async () => {
    const { driver } = await freshDatabase([object('thing', { name: { type: 'text', required: true } })]);
    const heard: unknown[] = [];
    const options = { system: true, onViolation: (violation: unknown) => heard.push(violation) };
    await expect(driver.create('thing', { nothing: 1 }, options)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(heard).toEqual([]);
    await driver.create('thing', {}, options);
    expect(heard).toEqual([{ field: 'name', rule: 'required' }]);
  });
});
