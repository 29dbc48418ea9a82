import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { refused, succeeds } from '../kit/refused.js';
import { type DriverChecks, ifCapable, must } from './driver-trial.js';

/** Whether a write outside of the transaction is stored, and whether that of the transaction is. */
async function writeBeside(
  driver: IDataDriver,
  id: string,
): Promise<{ isOutside: boolean; isInside: boolean }> {
  const transaction = await driver.beginTransaction();
  const updated = driver.update('folder', 'f1', { name: 'inside' }, { transaction });
  const hasUpdated = await succeeds(updated, 'database_busy');
  const writing = succeeds(driver.update('folder', id, { name: 'outside' }), 'database_busy');
  writing.catch(() => undefined);
  const hasCommitted = hasUpdated && (await succeeds(driver.commit(transaction), 'database_busy'));
  await driver.rollback(transaction);
  return { isOutside: await writing, isInside: hasCommitted };
}

/** What a driver still guarantees without a capability that is a guarantee. */
export const missingGuaranteeChecks: DriverChecks = {
  exclusiveTransactions: ifCapable(
    'transactions',
    'without exclusiveTransactions, no write is lost beside a transaction: both are stored, or one is rejected with database_busy',
    async ({ driver }) => {
      await driver.create('folder', { id: 'f1', name: 'before' });
      await driver.create('folder', { id: 'f2', name: 'before' });
      const names = async () => (await driver.find('folder')).map(({ name }) => name);
      const apart = await writeBeside(driver, 'f2');
      const expected = [apart.isInside ? 'inside' : 'before', apart.isOutside ? 'outside' : 'before'];
      assert.deepEqual(await names(), expected);
      const { isInside, isOutside } = await writeBeside(driver, 'f1');
      assert.ok(isInside || isOutside, 'Both writes of one record were rejected.');
      const [name] = await names();
      const possible = [...(isOutside ? ['outside'] : []), ...(isInside && !isOutside ? ['inside'] : [])];
      assert.ok(possible.includes(String(name)), `Stored: ${name}. Possible: ${possible.join(' or ')}.`);
    },
  ),
  deferredReferences: ifCapable(
    'transactions',
    'without deferredReferences, a transaction rejects a lookup to a missing record immediately, and continues',
    async ({ driver }) => {
      const transaction = await driver.beginTransaction();
      const dangling = driver.create('folder', { id: 'f1', parent: 'f2' }, { transaction });
      await refused(dangling, 'foreign_key_violation');
      await driver.create('folder', { id: 'f2' }, { transaction });
      await driver.create('folder', { id: 'f1', parent: 'f2' }, { transaction });
      await driver.commit(transaction);
      assert.equal((await driver.find('folder')).length, 2);
    },
  ),
  expressionDefaults: must(
    'without expressionDefaults, a default that is a CEL expression is not applied, and never stored as such',
    async ({ driver }) => {
      await refused(driver.create('evaluated', {}), 'validation_failed');
      const { id, created_at, updated_at, ...values } = await driver.create('evaluated', { is_new: false });
      assert.deepEqual(new Set(Object.values(values)), new Set([null, false]));
    },
  ),
  gaplessAutonumbers: must(
    'without gaplessAutonumbers, autonumbers are still distinct and ascending',
    async ({ driver }) => {
      const numbers: number[] = [];
      for (const name of ['Acme', 'Bolt', 'Cone'])
        numbers.push(Number(String((await driver.create('account', { name })).number).slice(2)));
      assert.deepEqual(
        [...new Set(numbers)].sort((left, right) => left - right),
        numbers,
      );
    },
  ),
};
