import { ObjectStackError } from '@objectstack/spec/shared';

function typed(error: unknown): ObjectStackError {
  if (ObjectStackError.isInstance(error)) return error;
  return new ObjectStackError({
    code: 'invalid_request',
    message: 'An argument of the call cannot be read. Pass plain objects, lists and values.',
  });
}

/**
 * Runs a call. Errors of the database are already typed, so any other error comes from reading an argument: a getter or
 * proxy that throws, or a value that does not have its declared type.
 */
export async function withTypedErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw typed(error);
  }
}

/** Like {@link withTypedErrors} for a stream of records. Errors of the caller's own loop are not changed. */
export async function* withTypedErrorsIn<T>(call: () => AsyncIterable<T>): AsyncGenerator<T> {
  const records = (await withTypedErrors(async () => call()[Symbol.asyncIterator]())) as AsyncIterator<T>;
  try {
    for (;;) {
      const { done, value } = await withTypedErrors(() => records.next());
      if (done) return;
      yield value;
    }
  } finally {
    await records.return?.();
  }
}
