import { isPlainObject, type Steps } from '@objectstack/spec/shared';
import { isSameJson } from './hash-of.js';

/** How deep two values are taken apart: plans, their diffs, and the lists of both. */
const DEPTH = 3;

/** Same as `isSameJson`, in steps of one item of the lists. */
export const sameJsonSteps = (a: unknown, b: unknown): Steps<boolean> => compare(a, b, DEPTH);

function* compare(a: unknown, b: unknown, depth: number): Steps<boolean> {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (depth > 0 && Array.isArray(a) && Array.isArray(b)) return yield* compareLists(a, b, depth);
  if (depth > 0 && isPlainObject(a) && isPlainObject(b)) return yield* compareObjects(a, b, depth);
  return isSameJson(a, b);
}

function* compareLists(a: readonly unknown[], b: readonly unknown[], depth: number): Steps<boolean> {
  if (a.length !== b.length) return false;
  for (const [index, item] of a.entries()) {
    yield;
    if (!(yield* compare(item ?? null, b[index] ?? null, depth - 1))) return false;
  }
  return true;
}

type PlainObject = Readonly<Record<string, unknown>>;

const ownValue = (object: PlainObject, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined);

function* compareObjects(a: PlainObject, b: PlainObject, depth: number): Steps<boolean> {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!(yield* compare(ownValue(a, key), ownValue(b, key), depth - 1))) return false;
  }
  return true;
}
