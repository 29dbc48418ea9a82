import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverChecks, must } from './driver-trial.js';

export const autonumberChecks: DriverChecks = {
  'counts-up': must('numbers records consecutively, in the format of the field', async ({ driver }) => {
    await driver.create('account', { name: 'Acme' });
    await driver.create('account', { name: 'Bolt' });
    await driver.upsert('account', { name: 'Cone', code: 'C1' }, ['code']);
    assert.deepEqual(
      (await driver.find('account', { orderBy: [{ field: 'number' }] })).map(({ number }) => number),
      ['A-001', 'A-002', 'A-003'],
    );
  }),
  'no-gaps': must('leaves no gap for a rejected record', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', code: 'C1' });
    await refused(driver.create('account', { name: 'Bolt', code: 'C1' }), 'unique_violation');
    await refused(driver.create('account', { name: 'B' }), 'validation_failed');
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-002');
  }),
  'never-again': must('never reuses the number of a deleted record', async ({ driver }) => {
    const { id } = await driver.create('account', { name: 'Acme' });
    await driver.delete('account', id);
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-002');
  }),
  'goes-on': must('continues after a number that a system write set', async ({ driver }) => {
    await driver.create('account', { name: 'Acme', number: 'A-041' }, { system: true });
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-042');
    await driver.create('account', { name: 'Cone', number: 'A-007' }, { system: true });
    assert.equal((await driver.create('account', { name: 'Dune' })).number, 'A-043');
  }),
  concurrent: must('gives concurrently created records consecutive, distinct numbers', async ({ driver }) => {
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, index) => driver.create('account', { name: `at ${index}` })),
    );
    assert.deepEqual(
      made.map(({ number }) => number).sort(),
      Array.from({ length: 12 }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`),
    );
  }),
};
