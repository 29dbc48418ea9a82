import { isPlainObject, type Steps } from '@objectstack/spec/shared';

/** How deep a value is taken apart: a plan, its diff, and the lists of both. */
const DEPTH = 3;

/** What a value is as JSON, in steps of one item of its lists. Throws for what is not JSON. */
export const copySteps = (value: unknown): Steps<unknown> => copy(value, DEPTH);

function* copy(value: unknown, depth: number): Steps<unknown> {
  if (depth > 0 && Array.isArray(value)) return yield* copyItems(value, depth);
  if (depth > 0 && isPlainObject(value)) {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      const item = yield* copy(value[key], depth - 1);
      if (item !== undefined) entries.push([key, item]);
    }
    return Object.fromEntries(entries);
  }
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
}

function* copyItems(items: readonly unknown[], depth: number): Steps<unknown[]> {
  const copies: unknown[] = [];
  for (const item of items) {
    copies.push((yield* copy(item, depth - 1)) ?? null);
    yield;
  }
  return copies;
}
