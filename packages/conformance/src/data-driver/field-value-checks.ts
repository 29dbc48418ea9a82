import assert from 'node:assert/strict';
import type { RecordViolation } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks, must, withAnother } from './driver-trial.js';
import { SAMPLE_ROUNDS, sampleRecord, wrongValues } from './sample-values.js';
import { plainTypes } from './suite-objects.js';

const KINDS = ['jsonFields', 'arrayFields'] as const;

/** Field and rule of each violation, in the order of the fields. */
async function violationsOf(work: Promise<unknown>): Promise<string[]> {
  const { details } = await refused(work, 'validation_failed');
  return (details.violations as RecordViolation[]).map(({ field, rule }) => `${field} ${rule}`).sort();
}

export const fieldValueChecks: DriverChecks = {
  'round-trip': adapting(
    KINDS,
    must('every field type returns the value that was written', async ({ driver }) => {
      const types = plainTypes(driver.supports);
      for (let round = 0; round < SAMPLE_ROUNDS; round++) {
        const { given, stored } = sampleRecord(round, types);
        const made = await driver.create('everything', given);
        const { id, created_at, updated_at, ...values } = made;
        assert.deepEqual(values, stored);
        const found = await driver.find('everything');
        assert.deepEqual(
          found.find((record) => record.id === id),
          made,
        );
      }
    }),
  ),
  'round-trip-elsewhere': adapting(
    KINDS,
    withAnother(
      'every field type returns the written value to a driver that opens the database later',
      async (trial) => {
        const { given } = sampleRecord(0, plainTypes(trial.driver.supports));
        const made = await trial.driver.create('everything', given);
        const other = await trial.another();
        assert.deepEqual(await other.find('everything'), [made]);
      },
    ),
  ),
  refuses: adapting(
    KINDS,
    must('an invalid value of a field type is rejected and not stored', async ({ driver }) => {
      for (const type of plainTypes(driver.supports)) {
        for (const value of wrongValues(type)) {
          const violations = await violationsOf(driver.create('everything', { [`a_${type}`]: value }));
          assert.match(
            violations.join(),
            new RegExp(`^a_${type} (type|format)$`),
            `${type}: ${String(value)}`,
          );
        }
      }
      assert.deepEqual(await driver.find('everything'), []);
    }),
  ),
};
