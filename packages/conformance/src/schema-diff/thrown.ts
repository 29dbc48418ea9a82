import assert from 'node:assert/strict';
import { ObjectStackError } from '@objectstack/spec/shared';

/** The error that a synchronous call throws. Fails if it throws nothing, or another kind of error. */
export function thrown(call: () => unknown): ObjectStackError {
  try {
    call();
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error;
    assert.fail(`It threw an error that is not an ObjectStackError: ${String(error)}`);
  }
  assert.fail('It succeeded but had to be rejected.');
}
