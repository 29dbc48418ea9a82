import assert from 'node:assert/strict';
import { type ErrorCode, ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';

/** The error that work fails with. Fails itself when the work succeeds or throws something else. */
async function failureOf(work: Promise<unknown>): Promise<ObjectStackError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) assert.fail('It succeeded where it has to be refused.');
  if (!ObjectStackError.isInstance(outcome.error))
    assert.fail(`It failed with something that is no ObjectStackError: ${String(outcome.error)}`);
  return outcome.error;
}

/** Asserts the code of the error that work fails with, and returns the error. */
export async function refused(work: Promise<unknown>, code: ErrorCode): Promise<ObjectStackError> {
  const error = await failureOf(work);
  assert.equal(error.code, code, error.message);
  assert.deepEqual(undeclaredFacts(error), [], `Facts that ${code} does not have.`);
  return error;
}

/** Whether work succeeds, where it may also be refused with this code. */
export async function succeeds(work: Promise<unknown>, code: ErrorCode): Promise<boolean> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) return true;
  await refused(Promise.reject(outcome), code);
  return false;
}
