import assert from 'node:assert/strict';
import { ObjectStackError } from '@objectstack/spec/shared';

function asError(error: unknown): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  assert.fail(`It threw an error that is not an ObjectStackError: ${String(error)}`);
}

const SUCCEEDED = 'It succeeded but had to be rejected.';

/** The error that a synchronous call throws. Fails if it throws nothing, or another kind of error. */
export function thrown(call: () => unknown): ObjectStackError {
  try {
    call();
  } catch (error) {
    return asError(error);
  }
  assert.fail(SUCCEEDED);
}

/** The error that a call rejects with. Fails like {@link thrown}. */
export async function rejectionOf(call: Promise<unknown>): Promise<ObjectStackError> {
  const error = await call.then(() => null, asError);
  return error ?? assert.fail(SUCCEEDED);
}
