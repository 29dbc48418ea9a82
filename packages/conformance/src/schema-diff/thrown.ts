import assert from 'node:assert/strict';
import { ObjectStackError } from '@objectstack/spec/shared';

/** The error that a synchronous call throws. Fails itself when it throws nothing, or something else. */
export function thrown(call: () => unknown): ObjectStackError {
  try {
    call();
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error;
    assert.fail(`It threw something that is no ObjectStackError: ${String(error)}`);
  }
  assert.fail('It succeeded where it has to be refused.');
}
