import { isPlainObject, type Steps } from '@objectstack/spec/shared';
import { canonicalJson } from './hash-of.js';

/** How deep a value is taken apart: a plan, its diff, and the lists of both. */
const DEPTH = 3;

/** The canonical JSON of a value in parts that follow one another, in steps of one item of its lists. */
export const canonicalParts = (value: unknown): Steps<string[]> => partsOf(value, DEPTH);

function* partsOf(value: unknown, depth: number): Steps<string[]> {
  if (depth > 0 && Array.isArray(value)) return yield* listParts(value, depth);
  if (depth > 0 && isPlainObject(value)) return yield* objectParts(value, depth);
  yield;
  return [canonicalJson(value)];
}

function* listParts(list: readonly unknown[], depth: number): Steps<string[]> {
  const parts = ['['];
  for (const [index, item] of list.entries()) {
    if (index > 0) parts.push(',');
    parts.push(...(yield* partsOf(item ?? null, depth - 1)));
  }
  parts.push(']');
  return parts;
}

function* objectParts(object: Readonly<Record<string, unknown>>, depth: number): Steps<string[]> {
  const parts = ['{'];
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue;
    if (parts.length > 1) parts.push(',');
    parts.push(canonicalJson(key), ':');
    for (const part of yield* partsOf(object[key], depth - 1)) parts.push(part);
  }
  parts.push('}');
  return parts;
}
