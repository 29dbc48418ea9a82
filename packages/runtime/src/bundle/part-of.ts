import { isPlainObject } from '@objectstack/spec/shared';

/** Readers of content that is stored but not interpreted: it can have any shape, and what has another one is skipped. */

/** The value of a key of an object; undefined for everything else. */
export const partOf = (value: unknown, key: string): unknown =>
  isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** A text; undefined for everything else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The items of a list with their positions; none for everything else. */
export const itemsOf = (value: unknown): Iterable<[number, unknown]> =>
  Array.isArray(value) ? value.entries() : [];

/** The keys and values of an object; none for everything else. */
export const entriesOf = (value: unknown): [string, unknown][] =>
  isPlainObject(value) ? Object.entries(value) : [];
