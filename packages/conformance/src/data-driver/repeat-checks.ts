import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { forEachMethod, type MethodCall } from './driver-methods.js';
import { type DriverChecks, must } from './driver-trial.js';

const TIMES = 5;

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error.code;
    throw error;
  }
}

async function endsAlike(
  driver: IDataDriver,
  method: MethodCall,
  outcomes: readonly string[],
): Promise<void> {
  const { refusal = 'done', leaves = () => 0 } = method;
  assert.deepEqual([...new Set(outcomes)], [refusal]);
  assert.equal(await driver.count('folder'), leaves(outcomes.length));
  await driver.create('folder', { name: 'later' });
}

export const twiceChecks: DriverChecks = forEachMethod(
  () => true,
  (name, method) =>
    must(`${name} has the same result when it is repeated`, async ({ driver }) => {
      const outcomes = [
        await outcomeOf(method.call(driver, 'folder')),
        await outcomeOf(method.call(driver, 'folder')),
      ];
      await endsAlike(driver, method, outcomes);
    }),
);

export const concurrentlyChecks: DriverChecks = forEachMethod(
  () => true,
  (name, method) =>
    must(`${name} has the same result when it is called concurrently`, async ({ driver }) => {
      const calls = Array.from({ length: TIMES }, () => outcomeOf(method.call(driver, 'folder')));
      await endsAlike(driver, method, await Promise.all(calls));
    }),
);
