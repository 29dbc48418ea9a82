import assert from 'node:assert/strict';
import { type ErrorCode, ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { MismatchError } from './mismatch.js';
import { show } from './show.js';

/** An error in a message. */
export const showError = ({ code, details, message }: ObjectStackError): string =>
  `a rejection with ${code} ${show(details)} (${message})`;

/** The error that the work rejects with. Fails if the work succeeds or rejects with another kind of error. */
export async function failureOf(
  work: Promise<unknown>,
  { expected, input }: { expected: string; input?: string },
): Promise<ObjectStackError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) {
    const found = `it succeeded with the result ${show(outcome.value)}`;
    throw new MismatchError({ input, expected, found });
  }
  if (!ObjectStackError.isInstance(outcome.error)) {
    const found = `an error that is not an ObjectStackError: ${String(outcome.error)}`;
    throw new MismatchError({ input, expected, found });
  }
  return outcome.error;
}

/** Asserts that the work rejects with one of the error codes, and returns the error. */
export async function refused(work: Promise<unknown>, ...codes: ErrorCode[]): Promise<ObjectStackError> {
  const expected = `a rejection with ${codes.join(' or ')}`;
  const error = await failureOf(work, { expected });
  if (!codes.includes(error.code)) throw new MismatchError({ expected, found: showError(error) });
  assert.deepEqual(undeclaredFacts(error), [], `Facts that ${error.code} does not have.`);
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
