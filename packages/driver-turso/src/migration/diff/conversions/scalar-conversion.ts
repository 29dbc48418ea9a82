import type { FieldEncoding } from '@objectstack/spec/data';
import { numberText, textNumber } from './number-text.js';
import { textDay, textInstant, textTime } from './text-instant.js';

/** How stored values become those of another field type, as SQL about a column. */
export interface Conversion {
  readonly value: (column: string) => string;
  /** Holds for values that can be converted without loss; absent where all can. Never asked about an empty value. */
  readonly fits?: (column: string) => string;
  /** Whether the result is null for every other value, so that `fits` need not be asked besides. */
  readonly isNullUnlessFits?: true;
}

/** One that some values do not fit. */
export type Judged = Conversion & Required<Pick<Conversion, 'fits'>>;

export type ScalarEncoding = Exclude<FieldEncoding, 'json' | 'computed'>;

const SAME: Conversion = { value: (column) => column };
const only = (fits: (column: string) => string, value = SAME.value): Judged => ({ value, fits });
/** A conversion whose result is null for a value that does not fit. */
const read = (value: (column: string) => string): Conversion => ({
  ...only((column) => `(${value(column)}) IS NOT NULL`, value),
  isNullUnlessFits: true,
});
export const NOTHING = only(() => '0');
/** Nothing stays nothing: an empty list has no first item. */
export const booleanText = (column: string) => `CASE ${column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
const MIDNIGHT = 'T00:00:00.000Z';

const SCALAR_CONVERSIONS = {
  text: {
    text: SAME,
    number: read(textNumber),
    boolean: only(
      (column) => `${column} IN ('true', 'false', '1', '0')`,
      (column) => `${column} IN ('true', '1')`,
    ),
    date: read(textDay),
    datetime: read(textInstant),
    time: read(textTime),
  },
  number: {
    text: { value: numberText },
    number: SAME,
    boolean: only((column) => `${column} IN (0, 1)`),
    date: NOTHING,
    datetime: NOTHING,
    time: NOTHING,
  },
  boolean: {
    text: { value: booleanText },
    number: SAME,
    boolean: SAME,
    date: NOTHING,
    datetime: NOTHING,
    time: NOTHING,
  },
  date: {
    text: SAME,
    number: NOTHING,
    boolean: NOTHING,
    date: SAME,
    datetime: { value: (column) => `${column} || '${MIDNIGHT}'` },
    time: NOTHING,
  },
  datetime: {
    text: SAME,
    number: NOTHING,
    boolean: NOTHING,
    date: only(
      (column) => `substr(${column}, 11) = '${MIDNIGHT}'`,
      (column) => `substr(${column}, 1, 10)`,
    ),
    datetime: SAME,
    time: NOTHING,
  },
  time: { text: SAME, number: NOTHING, boolean: NOTHING, date: NOTHING, datetime: NOTHING, time: SAME },
} satisfies Record<ScalarEncoding, Record<ScalarEncoding, Conversion>>;

/** A conversion between two encodings that are no lists; the tables above have every pair. */
export function scalarConversion(from: ScalarEncoding, to: ScalarEncoding): Conversion {
  const conversions: Record<ScalarEncoding, Conversion> = SCALAR_CONVERSIONS[from];
  return conversions[to];
}
