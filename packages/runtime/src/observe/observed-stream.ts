type Failure = { readonly error: unknown } | undefined;

/**
 * The stream, observed as one call from its first item until it ends, fails or is abandoned by its reader. The duration
 * includes the time that the reader takes. A stream that nobody reads is not observed.
 */
export async function* observedStream<T>(
  open: () => AsyncIterable<T>,
  observe: (work: () => Promise<void>) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  let end: (failure: Failure) => void = () => undefined;
  const ended = new Promise<Failure>((resolve) => {
    end = resolve;
  });
  const observed = observe(async () => {
    const failure = await ended;
    if (failure) throw failure.error;
  });
  let failure: Failure;
  try {
    yield* open();
  } catch (error) {
    failure = { error };
    throw error;
  } finally {
    end(failure);
    await observed.catch(() => undefined);
  }
}
