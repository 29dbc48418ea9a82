import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';

/** Returns the expected error of the work; throws any other error. */
export async function expectError<Code extends ErrorCode>(
  code: Code,
  work: () => Promise<unknown>,
): Promise<ObjectStackError<Code>> {
  try {
    await work();
  } catch (error) {
    if (ObjectStackError.isInstance(error, code)) return error;
    throw error;
  }
  throw new Error(`expected the error ${code}, but the call succeeded`);
}
