import { ObjectStackError } from '@objectstack/spec/shared';

export function runtimeClosed(): ObjectStackError {
  return new ObjectStackError({
    code: 'runtime_closed',
    message: 'The runtime is closed. Create a new one.',
  });
}

/** Synchronous methods; all others return promises. */
const SYNCHRONOUS = new Set([
  'validateBundle',
  'invalidateCache',
  'start',
  'watchRollout',
  'exportTenant',
  'query',
]);

export const isSynchronous = (method: string) => SYNCHRONOUS.has(method);

/** Wraps a service so that every call is refused as soon as `isClosed` returns `true`. */
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
