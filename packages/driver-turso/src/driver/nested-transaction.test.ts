import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const THING = object('thing', { name: { type: 'text' } });
const names = (records: { [field: string]: unknown }[]) => records.map(({ name }) => name);

describe('a nested transaction', () => {
  it('is undone without the rest, or becomes part of it', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    await driver.create('thing', { name: 'outer' }, { transaction });
    const undone = await driver.beginTransaction({ transaction });
    await driver.create('thing', { name: 'undone' }, { transaction: undone });
    await driver.rollback(undone);
    const kept = await driver.beginTransaction({ transaction });
    const deeper = await driver.beginTransaction({ transaction: kept });
    await driver.bulkCreate('thing', [{ name: 'deep' }], { transaction: deeper });
    await driver.commit(deeper);
    await driver.commit(kept);
    expect(names(await driver.find('thing', {}, { transaction }))).toEqual(['outer', 'deep']);
    await driver.commit(transaction);
    expect(names(await driver.find('thing'))).toEqual(['outer', 'deep']);
  });

  it('keeps the outer one from being used or committed, but not from being undone', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    const inner = await driver.beginTransaction({ transaction });
    for (const call of [
      () => driver.create('thing', {}, { transaction }),
      () => driver.beginTransaction({ transaction }),
      () => driver.commit(transaction),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'invalid_transaction' });
    await driver.create('thing', { name: 'x' }, { transaction: inner });
    await driver.rollback(transaction);
    await expect(driver.commit(inner)).rejects.toMatchObject({ code: 'invalid_transaction' });
    await driver.rollback(inner);
    expect(await driver.count('thing')).toBe(0);
  });

  it('expires with the outer one, whose idle time it starts again', async () => {
    const { driver } = await freshDatabase([THING], { transactionTimeoutMs: 300 });
    const transaction = await driver.beginTransaction();
    const inner = await driver.beginTransaction({ transaction });
    for (let round = 0; round < 5; round++) {
      await delay(100);
      await driver.create('thing', {}, { transaction: inner });
    }
    expect(await driver.count('thing')).toBe(0);
    for (const handle of [inner, transaction])
      await expect(driver.commit(handle)).rejects.toMatchObject({ code: 'transaction_expired' });
  });

  it('is gone after disconnect, and has the isolation of its driver', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction({ isolationLevel: 'serializable' });
    await driver.beginTransaction({ transaction });
    await expect(driver.beginTransaction({ isolationLevel: 'snapshot' })).rejects.toMatchObject({
      code: 'not_supported',
      details: { feature: 'transaction_isolation' },
    });
    await expect(driver.beginTransaction({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    await driver.disconnect();
    await driver.connect();
    expect(await driver.count('thing')).toBe(0);
  });
});
