import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

/** The error that the work must end with; anything else is thrown. */
export async function expectError(code: ErrorCode, work: () => Promise<unknown>): Promise<ObjectStackError> {
  try {
    await work();
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === code) return error;
    throw error;
  }
  throw new Error(`expected the error ${code}, and there was none`);
}
