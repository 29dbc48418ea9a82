import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks, ifCapable, must } from './driver-trial.js';
import { AUTONUMBER } from './sample-accounts.js';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`);

/** The number of a new account. */
async function nextNumber(driver: IDataDriver, name: string): Promise<number> {
  const { number } = await driver.create('account', { name });
  assert.match(String(number), AUTONUMBER);
  return Number(String(number).slice(2));
}

const createAtOnce = (driver: IDataDriver, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => driver.create('account', { name: `at ${index}` })));

export const autonumberChecks: DriverChecks = {
  'counts-up': ifCapable(
    'gaplessAutonumbers',
    'numbers records consecutively, in the format of the field',
    async ({ driver }) => {
      await driver.create('account', { name: 'Acme' });
      await driver.create('account', { name: 'Bolt' });
      await driver.upsert('account', { name: 'Cone', code: 'C1' }, ['code']);
      assert.deepEqual((await driver.find('account')).map(({ number }) => number).sort(), numbered(3));
    },
  ),
  'no-gaps': ifCapable('gaplessAutonumbers', 'leaves no gap for a rejected record', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: 'C1' });
    await refused(driver.create('account', { name: 'Bolt', code: 'C1' }), 'unique_violation');
    await refused(driver.create('account', { name: 'B' }), 'validation_failed');
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-002');
  }),
  'no-gaps-after-rollback': ifCapable(
    ['gaplessAutonumbers', 'transactions'],
    'leaves no gap for a record that was rolled back',
    async ({ driver }) => {
      const transaction = await driver.beginTransaction();
      await driver.create('account', { name: 'Acme' }, { transaction });
      await driver.rollback(transaction);
      assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-001');
    },
  ),
  'never-again': must('never reuses the number of a deleted record', async ({ driver }) => {
    const { id, number } = await driver.create('account', { name: 'Acme' });
    await driver.delete('account', id);
    assert.ok((await nextNumber(driver, 'Bolt')) > Number(String(number).slice(2)));
  }),
  'goes-on': adapting(
    ['gaplessAutonumbers'],
    must('continues after a number that a system write set', async ({ driver }) => {
      await driver.create('account', { name: 'Acme', number: 'A-041' }, { system: true });
      const second = await nextNumber(driver, 'Bolt');
      await driver.create('account', { name: 'Cone', number: 'A-007' }, { system: true });
      const fourth = await nextNumber(driver, 'Dune');
      assert.ok(second > 41 && fourth > second);
      if (driver.supports.gaplessAutonumbers) assert.deepEqual([second, fourth], [42, 43]);
    }),
  ),
  'without-format': ifCapable(
    'schemaSync',
    'without a format the values are the numbers alone, and a format without a placeholder ends with the number',
    async ({ driver }) => {
      const fields = {
        plain_number: { type: 'autonumber' },
        prefixed_number: { type: 'autonumber', autonumberFormat: 'N-' },
      };
      await driver.syncSchema('ticket', ObjectDefinitionSchema.parse({ name: 'ticket', fields }));
      for (let previous = 0, index = 0; index < 3; index++) {
        const made = await driver.create('ticket', {});
        const number = Number(made.plain_number);
        assert.equal(made.plain_number, String(number));
        assert.ok(number > previous);
        assert.match(String(made.prefixed_number), /^N-[1-9]\d*$/);
        previous = number;
      }
    },
  ),
  'longer-than-digits': must('grows beyond the digits of its format', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', number: 'A-999' }, { system: true });
    assert.ok((await nextNumber(driver, 'Bolt')) >= 1000);
  }),
  concurrent: ifCapable(
    'gaplessAutonumbers',
    'gives concurrently created records consecutive, distinct numbers',
    async ({ driver }) => {
      const made = await createAtOnce(driver, 12);
      assert.deepEqual(made.map(({ number }) => number).sort(), numbered(12));
    },
  ),
  distinct: must('gives concurrently created records distinct numbers', async ({ driver }) => {
    const made = await createAtOnce(driver, 12);
    assert.equal(new Set(made.map(({ number }) => number)).size, 12);
    for (const { number } of made) assert.match(String(number), AUTONUMBER);
  }),
};
