import { encodeCursor, type Position } from './encode-cursor.js';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The page of the first `limit` items. `found` has one more item if another page follows. */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  positionOf: (item: Item) => Position,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > limit ? encodeCursor(positionOf(last)) : null };
}
