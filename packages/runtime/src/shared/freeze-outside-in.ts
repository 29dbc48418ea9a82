import type { Steps } from '@objectstack/spec/shared';

const NODES_OF_A_STEP = 10_000;

/** Freezes a new value and everything in it, the outermost first and without recursion: bundles may be nested deeply. */
export function* freezeOutsideIn<T>(value: T): Steps<T> {
  const pending: unknown[] = [value];
  for (let count = 1; pending.length > 0; count++) {
    const item = pending.pop();
    if (typeof item !== 'object' || item === null || Object.isFrozen(item)) continue;
    for (const part of Object.values(Object.freeze(item))) pending.push(part);
    if (count % NODES_OF_A_STEP === 0) yield;
  }
  return value;
}
