type Method = (...args: unknown[]) => unknown;

/** Runs one call of a method. */
export type Around = (
  method: string,
  args: readonly unknown[],
  work: () => Promise<unknown>,
) => Promise<unknown>;

/**
 * The object with the selected asynchronous methods run by `around`. Everything else is the object's own, called on the
 * object itself, so that classes with private fields and frozen objects work.
 */
export function observedMethods<T extends object>(
  target: T,
  isObserved: (method: string) => boolean,
  around: Around,
): T {
  const known = new Map<PropertyKey, { member: unknown; wrapped: unknown }>();
  const wrap = (key: PropertyKey, member: Method): Method => {
    const call = (args: unknown[]) => Reflect.apply(member, target, args);
    if (typeof key !== 'string' || !isObserved(key)) return (...args) => call(args);
    return (...args) => around(key, args, async () => call(args));
  };
  const handler: ProxyHandler<object> = {
    get(_, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      const found = known.get(key);
      if (found?.member === member) return found.wrapped;
      const wrapped = wrap(key, member as Method);
      known.set(key, { member, wrapped });
      return wrapped;
    },
    has: (_, key) => Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(target),
    getOwnPropertyDescriptor(_, key) {
      const own = Reflect.getOwnPropertyDescriptor(target, key);
      return own && { ...own, configurable: true };
    },
    getPrototypeOf: () => Reflect.getPrototypeOf(target),
  };
  return new Proxy({}, handler) as T;
}
