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

/** Encodes a position as the cursor of a page: opaque to callers, and safe in a URL. */
export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Returns the position that a cursor was encoded from. Throws `invalid_request`. */
export function decodeCursor(cursor: string): Position {
  try {
    const [at, id] = PositionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (encodeCursor({ at, id }) === cursor) return { at, id };
  } catch {}
  throw invalidCursor();
}

/** Whether an item follows a position in a list with the latest item first. */
export function isAfter(item: Position, { at, id }: Position): boolean {
  return item.at < at || (item.at === at && item.id < id);
}
