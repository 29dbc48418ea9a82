import type { Steps } from '@objectstack/spec/shared';

const frozen = new WeakSet<object>();

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
export function freezeDeeply<T extends object>(value: T): T {
  freezeInsideOut(value);
  frozen.add(value);
  return value;
}

/** Same as {@link freezeDeeply}, in steps. */
export function* freezeDeeplyInSteps<T extends object>(value: T): Steps<T> {
  if (isFreezable(value)) yield* freezeInsideOutInSteps(value, DEPTH);
  frozen.add(value);
  return value;
}

/** Whether a value was frozen by {@link freezeDeeply}. */
export const isFrozenDeeply = (value: object): boolean => frozen.has(value);

/** Memoizes a function for values that {@link freezeDeeply} froze; for any other value it runs each time. */
export function memoizeFrozen<T extends object, R>(work: (value: T) => R): (value: T) => R {
  const done = new WeakMap<T, R>();
  return (value) => {
    if (!isFrozenDeeply(value)) return work(value);
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = work(value);
    done.set(value, result);
    return result;
  };
}

/** Same as {@link memoizeFrozen}, for work in steps. */
export function memoizeFrozenInSteps<T extends object, R>(
  work: (value: T) => Steps<R>,
): (value: T) => Steps<R> {
  const done = new WeakMap<T, R>();
  return function* (value) {
    if (!isFrozenDeeply(value)) return yield* work(value);
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = yield* work(value);
    done.set(value, result);
    return result;
  };
}
