import * as z from 'zod';
import { itemSchemaOf } from './schema-at.js';

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, value).success;
  } catch {
    // A schema of the caller may be asynchronous.
    return false;
  }
}

/** Longest text that is read as another value. */
const MAX_CHARACTERS = 100;

/** The value of a text without its quotes. */
function unquoted(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() === '' || text.length > MAX_CHARACTERS ? undefined : Number(text);
}

/** How to write a value that a schema would accept in another notation: an item without its list, a number in quotes. */
export function notationHint(value: unknown, schema: z.core.$ZodType): string | undefined {
  if (value === undefined || value === null) return undefined;
  const item = itemSchemaOf(schema);
  if (item) return accepts(item, value) ? 'Put it in brackets' : undefined;
  if (typeof value !== 'string') return undefined;
  const plain = unquoted(value);
  return plain !== undefined && accepts(schema, plain) ? 'Write it without quotes' : undefined;
}
