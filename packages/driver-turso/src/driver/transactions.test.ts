import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connected, directClient, freshDatabase, object } from '../../test/database.js';

const THING = object('thing', { name: { type: 'text' }, parent: { type: 'lookup', reference: 'thing' } });

describe('transactions', () => {
  it('show their writes inside, and to others when they are committed', async () => {
    const { driver, path } = await freshDatabase([THING]);
    const outside = async () =>
      (await directClient(path).execute('SELECT count(*) AS n FROM thing')).rows[0]?.n;
    const transaction = await driver.beginTransaction();
    const { id } = await driver.create('thing', { name: 'a' }, { transaction });
    await driver.upsert('thing', { name: 'b' }, ['name'], { transaction });
    await driver.bulkCreate('thing', [{ name: 'c' }], { transaction });
    await driver.update('thing', id, { name: 'A' }, { transaction });
    expect(await driver.count('thing', {}, { transaction })).toBe(3);
    expect((await driver.execute('SELECT name FROM thing WHERE id = ?', [id], { transaction })).rows).toEqual(
      [{ name: 'A' }],
    );
    expect(await outside()).toBe(0);
    await driver.commit(transaction);
    expect(await outside()).toBe(3);
  });

  it('leave nothing behind when they are rolled back, also twice', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    await driver.create('thing', { name: 'a' }, { transaction });
    await driver.rollback(transaction);
    await driver.rollback(transaction);
    await expect(driver.commit(transaction)).rejects.toMatchObject({ code: 'invalid_transaction' });
    await expect(driver.find('thing', {}, { transaction })).rejects.toMatchObject({
      code: 'invalid_transaction',
    });
    expect(await driver.count('thing')).toBe(0);
  });

  it('make others wait', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    const events: string[] = [];
    const waiting = driver.count('thing').then((count) => events.push(`counted ${count}`));
    await driver.create('thing', { name: 'a' }, { transaction });
    events.push('created');
    await driver.commit(transaction);
    await waiting;
    expect(events).toEqual(['created', 'counted 1']);
  });

  it('are rolled back when they idle, and their owner hears why', async () => {
    const { driver } = await freshDatabase([THING], { transactionTimeoutMs: 100 });
    const transaction = await driver.beginTransaction();
    await driver.create('thing', { name: 'a' }, { transaction });
    expect(await driver.count('thing')).toBe(0);
    for (const call of [() => driver.create('thing', {}, { transaction }), () => driver.commit(transaction)])
      await expect(call()).rejects.toMatchObject({ code: 'transaction_expired', retryable: true });
    await driver.rollback(transaction);
  });

  it('do not expire while they are used', async () => {
    const { driver } = await freshDatabase([THING], { transactionTimeoutMs: 400 });
    const transaction = await driver.beginTransaction();
    for (let round = 0; round < 6; round++) {
      await driver.create('thing', { name: String(round) }, { transaction });
      await delay(100);
    }
    await driver.commit(transaction);
    expect(await driver.count('thing')).toBe(6);
  });

  it('belong to the driver that opened them', async () => {
    const { driver, url } = await freshDatabase([THING]);
    const other = await connected({ url });
    const elsewhere = (await freshDatabase([THING])).driver;
    const transaction = await driver.beginTransaction();
    for (const unrelated of [other, elsewhere]) {
      await expect(unrelated.create('thing', {}, { transaction })).rejects.toMatchObject({
        code: 'invalid_transaction',
      });
      await expect(unrelated.commit(transaction)).rejects.toMatchObject({ code: 'invalid_transaction' });
      await unrelated.rollback(transaction);
    }
    await driver.create('thing', { name: 'a' }, { transaction });
    await driver.commit(transaction);
    expect(await other.count('thing')).toBe(1);
  });

  it('refuse a commit that leaves a reference open, and let the driver go on', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    await driver.create('thing', { name: 'a', parent: 'later' }, { transaction });
    await expect(driver.commit(transaction)).rejects.toMatchObject({ code: 'foreign_key_violation' });
    const second = await driver.beginTransaction();
    await driver.create('thing', { name: 'child', parent: 'later' }, { transaction: second });
    await driver.create('thing', { id: 'later', name: 'parent' }, { transaction: second });
    await driver.commit(second);
    expect(await driver.count('thing')).toBe(2);
  });

  it('keep writes apart that their owner makes at once', async () => {
    const fields = { key: { type: 'text', unique: true }, number: { type: 'autonumber' } };
    const { driver } = await freshDatabase([object('numbered', fields)]);
    const transaction = await driver.beginTransaction();
    const keys = Array.from({ length: 30 }, (_, index) => `k${index % 20}`);
    const outcomes = await Promise.allSettled(
      keys.map((key) => driver.create('numbered', { key }, { transaction })),
    );
    await driver.commit(transaction);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    const numbers = (await driver.find('numbered', { fields: ['number'] })).map(({ number }) =>
      Number(number),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('are rolled back by disconnect, those that still wait to begin too', async () => {
    const { driver, url } = await freshDatabase([THING]);
    const other = await connected({ url });
    const transaction = await other.beginTransaction();
    await other.create('thing', { name: 'a' }, { transaction });
    const waiting = other.beginTransaction();
    await other.disconnect();
    await expect(waiting).rejects.toMatchObject({ code: 'not_connected' });
    await driver.create('thing', { name: 'b' });
    expect((await driver.find('thing')).map(({ name }) => name)).toEqual(['b']);
  });
});
