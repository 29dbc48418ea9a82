import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

/** Returns the expected error of the work; throws any other error. */
export async function expectError(code: ErrorCode, work: () => Promise<unknown>): Promise<ObjectStackError> {
  try {
    await work();
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === code) return error;
    throw error;
  }
  throw new Error(`expected the error ${code}, but the call succeeded`);
}
