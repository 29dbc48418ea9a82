import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import * as fc from 'fast-check';
import { MemoryDriver } from '../reference/memory-driver.js';
import { type DriverChecks, must } from './driver-trial.js';
import { MODEL_OBJECTS, type Operation, operations } from './random-operations.js';
import { OperationRunner, type Outcome, withoutTimes } from './run-operation.js';
import { SUITE_OBJECTS } from './suite-objects.js';

const SEQUENCES = 25;

async function reference(): Promise<IDataDriver> {
  const driver = new MemoryDriver();
  await driver.connect();
  await driver.syncSchemasBatch(SUITE_OBJECTS.map((definition) => ({ object: definition.name, definition })));
  return driver;
}

async function contentOf(driver: IDataDriver): Promise<unknown> {
  const content: [string, unknown][] = [];
  for (const object of MODEL_OBJECTS) content.push([object, withoutTimes(await driver.find(object))]);
  return Object.fromEntries(content);
}

/** Runs the same operations on both drivers and compares every result and the final records. Returns the results. */
export async function compareWithReference(
  driver: IDataDriver,
  sequence: readonly Operation[],
): Promise<Outcome[]> {
  const [subject, model] = [new OperationRunner(driver), new OperationRunner(await reference())];
  const outcomes: Outcome[] = [];
  try {
    for (const [index, operation] of sequence.entries()) {
      const expected = await model.run(operation);
      assert.deepEqual(
        await subject.run(operation),
        expected,
        `operation ${index}: ${JSON.stringify(operation)}`,
      );
      outcomes.push(expected);
    }
    await Promise.all([subject.finish(), model.finish()]);
    assert.deepEqual(await contentOf(driver), await contentOf(model.driver), 'the stored records at the end');
  } finally {
    await Promise.all([subject.finish(), model.finish()]);
  }
  return outcomes;
}

export const modelChecks: DriverChecks = {
  'same-answers': must(
    'returns the same results as the reference implementation for random operations',
    async ({ fresh, seed }) => {
      const property = fc.asyncProperty(operations, async (sequence) => {
        const driver = await fresh();
        await compareWithReference(driver, sequence);
        await driver.disconnect();
      });
      await fc.assert(property, { seed, numRuns: SEQUENCES });
    },
  ),
};
