import type { FieldEncoding } from '@objectstack/spec/data';
import { numberText, textNumber } from './number-text.js';
import { textDay, textInstant, textTime } from './text-instant.js';

/** SQL that converts the values of a column to another field type. */
export interface Conversion {
  readonly value: (column: string) => string;
  /** Condition for values that can be converted without loss; absent if all can. Not evaluated for empty values. */
  readonly fits?: (column: string) => string;
  /** Whether the result is null for all other values, so that `fits` need not be evaluated. */
  readonly isNullUnlessFits?: true;
}

/** A conversion that some values do not fit. */
export type PartialConversion = Conversion & Required<Pick<Conversion, 'fits'>>;

export type ScalarEncoding = Exclude<FieldEncoding, 'json' | 'computed'>;

const SAME: Conversion = { value: (column) => column };
const only = (fits: (column: string) => string, value = SAME.value): PartialConversion => ({ value, fits });
/** A conversion whose result is null for a value that does not fit. */
const read = (value: (column: string) => string): Conversion => ({
  ...only((column) => `(${value(column)}) IS NOT NULL`, value),
  isNullUnlessFits: true,
});
export const NOTHING = only(() => '0');
/** Null remains null: an empty list has no first item. */
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

/** The conversion between two scalar encodings. */
export function scalarConversion(from: ScalarEncoding, to: ScalarEncoding): Conversion {
  const conversions: Record<ScalarEncoding, Conversion> = SCALAR_CONVERSIONS[from];
  return conversions[to];
}
