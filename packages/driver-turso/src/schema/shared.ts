const shared = new WeakSet<object>();

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
}

/**
 * Deeply freezes a value that this package created, so that databases and plans of one application can share it. The
 * value must not be referenced by a caller that may change it.
 */
export function share<T extends object>(value: T): T {
  deepFreeze(value);
  shared.add(value);
  return value;
}

/** Whether a value was frozen by {@link share}. */
export const isShared = (value: object): boolean => shared.has(value);

/** Memoizes a function for shared values; for any other value it runs each time. */
export function once<T extends object, R>(work: (value: T) => R): (value: T) => R {
  const done = new WeakMap<T, R>();
  return (value) => {
    if (!isShared(value)) return work(value);
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = work(value);
    done.set(value, result);
    return result;
  };
}
