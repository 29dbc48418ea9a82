import assert from 'node:assert/strict';
import { type ErrorCode, ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';

/** The error that the work rejects with. Fails if the work succeeds or rejects with another kind of error. */
async function failureOf(work: Promise<unknown>): Promise<ObjectStackError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) assert.fail('It succeeded but had to be rejected.');
  if (!ObjectStackError.isInstance(outcome.error))
    assert.fail(`It failed with an error that is not an ObjectStackError: ${String(outcome.error)}`);
  return outcome.error;
}

/** Asserts the error code that the work rejects with, and returns the error. */
export async function refused(work: Promise<unknown>, code: ErrorCode): Promise<ObjectStackError> {
  const error = await failureOf(work);
  assert.equal(error.code, code, error.message);
  assert.deepEqual(undeclaredFacts(error), [], `Facts that ${code} does not have.`);
  return error;
}

/** Whether the work succeeds; it may also reject with this code. */
export async function succeeds(work: Promise<unknown>, code: ErrorCode): Promise<boolean> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) return true;
  await refused(Promise.reject(outcome), code);
  return false;
}
