import { ObjectStackError } from '@objectstack/spec/shared';

export function runtimeClosed(): ObjectStackError {
  return new ObjectStackError({
    code: 'runtime_closed',
    message: 'The runtime is closed. Create another one to go on.',
  });
}

/** Methods that answer at once; all others give a promise. */
const SYNCHRONOUS = new Set(['validateBundle', 'invalidateCache']);

/** The same service, which refuses every call from the moment that `isClosed` says so. */
export function refusedWhenClosed<T extends object>(service: T, isClosed: () => boolean): T {
  const guard = (name: string, method: unknown) =>
    typeof method !== 'function'
      ? method
      : (...args: unknown[]) => {
          if (!isClosed()) return method.apply(service, args);
          if (SYNCHRONOUS.has(name)) throw runtimeClosed();
          return Promise.reject(runtimeClosed());
        };
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [name, guard(name, method)]),
  ) as T;
}
