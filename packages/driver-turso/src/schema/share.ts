const shared = new WeakSet<object>();

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
}

/**
 * Freezes a value of our own making with everything in it for good, so that databases and plans of one application can have
 * the same.
 */
export function share<T extends object>(value: T): T {
  deepFreeze(value);
  shared.add(value);
  return value;
}

/** Whether a value is one that never changes. */
export const isShared = (value: object): boolean => shared.has(value);

/** The same function, which works once on a value that is shared, and each time on any other. */
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
