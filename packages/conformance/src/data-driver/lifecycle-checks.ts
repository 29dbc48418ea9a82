import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { forEachMethod } from './driver-methods.js';
import { type DriverChecks, must, withAnother } from './driver-trial.js';

const aborted = () => AbortSignal.abort();

export const lifecycleChecks: DriverChecks = {
  'connect-repeats': must('is idempotent', async ({ driver }) => {
    await driver.connect();
    await driver.connect();
    assert.deepEqual(await driver.find('account'), []);
  }),
  'disconnect-repeats': must('is idempotent, also before connect', async ({ unconnected }) => {
    const driver = await unconnected();
    await driver.disconnect();
    await driver.connect();
    await driver.disconnect();
    await driver.disconnect();
  }),
  health: must(
    'checkHealth is true while connected and false otherwise, and never rejects',
    async (trial) => {
      assert.equal(await trial.driver.checkHealth(), true);
      const driver = await trial.unconnected();
      assert.equal(await driver.checkHealth(), false);
      await driver.connect();
      await driver.disconnect();
      assert.equal(await driver.checkHealth(), false);
    },
  ),
  damaged: {
    ...must(
      'connect, or the first call, rejects with database_invalid if this is not a database',
      async ({ damaged }) => {
        const driver = await damaged();
        const read = async () => {
          await driver.connect();
          await driver.find('account');
        };
        await refused(read(), 'database_invalid');
      },
    ),
    needsDamaged: true,
  },
  'rolls-back-on-disconnect': {
    ...withAnother('disconnect rolls back an open transaction', async ({ driver, another }) => {
      const other = await another();
      const transaction = await driver.beginTransaction();
      await driver.create('folder', { id: 'f1' }, { transaction });
      await driver.disconnect();
      assert.deepEqual(await other.find('folder'), []);
    }),
    capabilities: ['transactions'],
  },
};

export const notConnectedChecks: DriverChecks = forEachMethod(
  () => true,
  (name, { call }) =>
    must(
      `${name} rejects with not_connected before connect and after disconnect`,
      async ({ unconnected }) => {
        const driver = await unconnected();
        await refused(call(driver, 'account'), 'not_connected');
        await driver.connect();
        await driver.disconnect();
        await refused(call(driver, 'account'), 'not_connected');
      },
    ),
);

export const abortedChecks: DriverChecks = forEachMethod(
  ({ takesSignal }) => takesSignal,
  (name, { call }) =>
    must(`${name} rejects with aborted if its signal is aborted, and has no effect`, async ({ driver }) => {
      await driver.create('folder', { id: 'none', name: 'there' });
      const before = await driver.find('folder');
      await refused(call(driver, 'folder', { signal: aborted() }), 'aborted');
      assert.deepEqual(await driver.find('folder'), before);
    }),
);

/** Far longer than a call takes to end once it is aborted. */
const SOON_MS = 900;

/**
 * Resolves to false after enough time for a call to end; uses the transaction in the meantime, so that it does not
 * expire.
 */
async function inUse(driver: IDataDriver, transaction: DriverTransaction): Promise<false> {
  for (let waited = 0; waited < SOON_MS; waited += SOON_MS / 20) {
    await setTimeout(SOON_MS / 20);
    await driver.find('folder', {}, { transaction }).catch(() => undefined);
  }
  return false;
}

export const abortedWhileWaitingChecks: DriverChecks = forEachMethod(
  ({ takesSignal }) => takesSignal,
  (name, { call }) => ({
    ...must(
      `${name} ends shortly after its signal is aborted while a transaction is open`,
      async ({ driver }) => {
        const transaction = await driver.beginTransaction();
        await driver.create('folder', { name: 'in' }, { transaction });
        const controller = new AbortController();
        const ended = call(driver, 'folder', { signal: controller.signal }).then(
          () => true,
          () => true,
        );
        await setTimeout(20);
        controller.abort();
        const isInTime = await Promise.race([ended, inUse(driver, transaction)]);
        await driver.rollback(transaction);
        await ended;
        assert.ok(isInTime, `The call continued for ${SOON_MS} ms after its signal was aborted.`);
      },
    ),
    capabilities: ['transactions'],
  }),
);
