import type { Steps } from '@objectstack/spec/shared';

const shared = new WeakSet<object>();

/** Levels of a plan above the items of its lists, which are frozen in one step each. */
const DEPTH = 3;

const isFreezable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Object.isFrozen(value);

/** From the innermost values on, so that what is frozen is frozen throughout, even where the freezing stopped halfway. */
function freezeInsideOut(value: unknown): void {
  if (!isFreezable(value)) return;
  for (const item of Object.values(value)) freezeInsideOut(item);
  Object.freeze(value);
}

function* freezeInsideOutInSteps(value: object, depth: number): Steps<void> {
  for (const item of Object.values(value)) {
    if (!isFreezable(item)) continue;
    if (depth > 1) yield* freezeInsideOutInSteps(item, depth - 1);
    else freezeInsideOut(item);
    yield;
  }
  Object.freeze(value);
}

/**
 * Deeply freezes a value that this package created, so that databases and plans of one application can share it. The
 * value must not be referenced by a caller that may change it.
 */
export function share<T extends object>(value: T): T {
  freezeInsideOut(value);
  shared.add(value);
  return value;
}

/** Same as {@link share}, in steps. */
export function* shareSteps<T extends object>(value: T): Steps<T> {
  if (isFreezable(value)) yield* freezeInsideOutInSteps(value, DEPTH);
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

/** Same as {@link once}, for work in steps. */
export function onceSteps<T extends object, R>(work: (value: T) => Steps<R>): (value: T) => Steps<R> {
  const done = new WeakMap<T, R>();
  return function* (value) {
    if (!isShared(value)) return yield* work(value);
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = yield* work(value);
    done.set(value, result);
    return result;
  };
}
