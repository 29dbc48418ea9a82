import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';

/** Position in a list that is sorted by a timestamp and an id. */
export interface Position {
  readonly at: string;
  readonly id: string;
}

const PositionSchema = z.tuple([z.iso.datetime(), z.string().min(1).refine(isStorableText)]);

export function invalidCursor(): ObjectStackError {
  const message = 'must be nextCursor of a page';
  return new ObjectStackError({
    code: 'invalid_request',
    message: 'The cursor is not one that a page contained. Pass nextCursor of the previous page unchanged.',
    details: { issues: [{ path: '/cursor', code: 'invalid_cursor', message }] },
  });
}

/** Opaque to callers, and safe in a URL. */
export function toCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** The position of a cursor of a caller. Throws `invalid_request`. */
export function fromCursor(cursor: string): Position {
  try {
    const [at, id] = PositionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (toCursor({ at, id }) === cursor) return { at, id };
  } catch {}
  throw invalidCursor();
}

/** Whether an item follows a position in a list with the latest item first. */
export function isAfter(item: Position, { at, id }: Position): boolean {
  return item.at < at || (item.at === at && item.id < id);
}

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
  return { items, nextCursor: last && found.length > limit ? toCursor(positionOf(last)) : null };
}
