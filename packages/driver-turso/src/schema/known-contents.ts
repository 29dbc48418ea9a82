import type { SqlValue } from '@objectstack/spec/contracts';
import type { CurrentSchema } from '@objectstack/spec/system';

/*
 * The contents of a schema follow from the values that are read from the database: DDL, definitions, adopted forms. Comparing
 * these values takes a fraction of the time of parsing and hashing them. The same values are read before and after
 * a deployment, and in every tenant with the same application.
 */

const MOST_CONTENTS = 16;
/** A schema with longer texts is rarely read, and would take much memory. */
const MOST_CHARACTERS = 4_000_000;

/** The contents of a schema, with the hash over them. */
export type SchemaContents = Pick<
  CurrentSchema,
  'tables' | 'views' | 'objects' | 'components' | 'adopted' | 'schemaHash'
>;

/** The values of each query, in the order in which they were read. */
type Values = readonly (readonly SqlValue[])[];

interface Known {
  readonly values: Values;
  readonly characters: number;
  readonly contents: SchemaContents;
}

/** The least recently used first. */
const known: Known[] = [];

const isSame = (a: Values, b: Values) =>
  a.every((list, query) => {
    const other = b[query] ?? [];
    return list.length === other.length && list.every((value, index) => value === other[index]);
  });

/** The contents to which the same values led before; they are frozen. */
export function knownContents(values: Values): SchemaContents | undefined {
  const index = known.findLastIndex((each) => isSame(values, each.values));
  const [found] = index === -1 ? [] : known.splice(index, 1);
  if (found) known.push(found);
  return found?.contents;
}

const lengthOf = (value: SqlValue) => (typeof value === 'string' ? value.length : 0);

/** Caches the contents to which the values led. They must be frozen. */
export function rememberContents(values: Values, contents: SchemaContents): void {
  const characters = values.flat().reduce((sum: number, value) => sum + lengthOf(value), 0);
  if (characters > MOST_CHARACTERS) return;
  known.push({ values, characters, contents });
  while (known.length > MOST_CONTENTS || total() > MOST_CHARACTERS) known.shift();
}

const total = () => known.reduce((sum, { characters }) => sum + characters, 0);
