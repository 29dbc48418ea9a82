import { LIMITS } from '@objectstack/spec/shared';
import { invalidFilter, invalidQuery, pathInside } from './invalid-filter.js';

const LISTS_OF_VALUES: ReadonlySet<string> = new Set(['$in', '$nin']);
/** The deepest condition adds a level for its field and one for its operator. */
const BELOW_CONDITIONS = 2;
const MAX_QUERY_DEPTH = 64;

interface Node {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function assertValue(value: unknown, key: string, path: string): void {
  if (Array.isArray(value) && LISTS_OF_VALUES.has(key) && value.length > LIMITS.maxFilterListItems)
    throw invalidFilter(path, `A list can have at most ${LIMITS.maxFilterListItems} values`);
  if (typeof value === 'string' && value.length > LIMITS.maxValueBytes)
    throw invalidFilter(path, `A string can have at most ${LIMITS.maxValueBytes} bytes`);
}

/**
 * Throws `invalid_filter` with the path for a filter that is too deep, has too many conditions, or contains a list or
 * text that is too long. Iterative and before compilation, because the filter is untrusted input.
 */
export function assertFilterLimits(filter: unknown, path: string): void {
  const pending: Node[] = [{ value: filter, path, depth: 0 }];
  let nodes = 0;
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.depth > LIMITS.maxFilterDepth + BELOW_CONDITIONS)
      throw invalidFilter(node.path, `A filter can be at most ${LIMITS.maxFilterDepth} levels deep`);
    if (!isObject(node.value)) continue;
    for (const key of Object.keys(node.value)) {
      const part = { value: node.value[key], path: pathInside(node.path, key), depth: node.depth + 1 };
      assertValue(part.value, key, part.path);
      nodes += 1;
      if (nodes > LIMITS.maxFilterNodes)
        throw invalidFilter(
          part.path,
          `A filter can have at most ${LIMITS.maxFilterNodes} keys and list items`,
        );
      if (isObject(part.value) && !LISTS_OF_VALUES.has(key)) pending.push(part);
    }
  }
}

/** Throws `invalid_query` for a query that is nested so deeply that parsing it would overflow the stack. */
export function assertQueryDepth(query: Readonly<Record<string, unknown>>): void {
  const pending: Node[] = Object.entries(query).map(([key, value]) => ({
    value,
    path: pathInside('', key),
    depth: 1,
  }));
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (!isObject(node.value) || node.value instanceof Date) continue;
    if (node.depth > MAX_QUERY_DEPTH)
      throw invalidQuery(node.path, `A query can be at most ${MAX_QUERY_DEPTH} levels deep`);
    for (const [key, value] of Object.entries(node.value))
      if (isObject(value)) pending.push({ value, path: pathInside(node.path, key), depth: node.depth + 1 });
  }
}
