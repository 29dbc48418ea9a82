import type { FieldEncoding } from '@objectstack/spec/data';
import { type Conversion, NOTHING, type PartialConversion, partial, SAME } from './conversion.js';
import { numberText, textNumber } from './number-text.js';
import { textDay, textInstant, textTime } from './text-instant.js';

export type ScalarEncoding = Exclude<FieldEncoding, 'json' | 'computed'>;

/** What a migration knows about the values of an encoding. */
interface ScalarEncodingFacts {
  /** From one JSON value to the value of a column. */
  readonly read: PartialConversion;
  /** From the value of a column to JSON text. */
  readonly write: (value: string) => string;
  /** From a column to a column of each encoding. */
  readonly to: Readonly<Record<ScalarEncoding, Conversion>>;
}

/** A conversion whose result is null for a value that does not fit. */
const parsed = (value: (column: string) => string): Conversion => ({
  ...partial((column) => `(${value(column)}) IS NOT NULL`, value),
  isNullUnlessFits: true,
});

/** JSON text whose strings a database column can store: it truncates at NUL and replaces an unpaired surrogate. */
const isStorable = (json: string) =>
  `replace(${json}, '\\\\', '') NOT GLOB '*\\u0000*' AND replace(${json}, '\\\\', '') NOT GLOB '*\\u[dD][89a-fA-F]*'`;

const scalarOf = (json: string) => `json_extract(${json}, '$')`;
const isText = (json: string) => `json_type(${json}) = 'text' AND ${isStorable(json)}`;
const readText = (parse: (text: string) => string): PartialConversion => ({
  value: (json) => parse(scalarOf(json)),
  fits: (json) => `(${isText(json)} AND (${parse(scalarOf(json))}) IS NOT NULL)`,
});
const writeText = (value: string) => `json_quote(${value})`;
/** Null, which is the first item of an empty list, stays null. */
const booleanText = (column: string) => `CASE ${column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
const MIDNIGHT = 'T00:00:00.000Z';

/** Every encoding of a column that contains one plain value. */
export const SCALAR_ENCODINGS: Readonly<Record<ScalarEncoding, ScalarEncodingFacts>> = {
  text: {
    read: { value: scalarOf, fits: (json) => `(${isText(json)})` },
    write: writeText,
    to: {
      text: SAME,
      number: parsed(textNumber),
      boolean: partial(
        (column) => `${column} IN ('true', 'false', '1', '0')`,
        (column) => `${column} IN ('true', '1')`,
      ),
      date: parsed(textDay),
      datetime: parsed(textInstant),
      time: parsed(textTime),
    },
  },
  number: {
    read: { value: textNumber, fits: (json) => `((${textNumber(json)}) IS NOT NULL)` },
    write: numberText,
    to: {
      text: { value: numberText },
      number: SAME,
      boolean: partial((column) => `${column} IN (0, 1)`),
      date: NOTHING,
      datetime: NOTHING,
      time: NOTHING,
    },
  },
  boolean: {
    read: { value: scalarOf, fits: (json) => `(json_type(${json}) IN ('true', 'false'))` },
    write: booleanText,
    to: {
      text: { value: booleanText },
      number: SAME,
      boolean: SAME,
      date: NOTHING,
      datetime: NOTHING,
      time: NOTHING,
    },
  },
  date: {
    read: readText(textDay),
    write: writeText,
    to: {
      text: SAME,
      number: NOTHING,
      boolean: NOTHING,
      date: SAME,
      datetime: { value: (column) => `${column} || '${MIDNIGHT}'` },
      time: NOTHING,
    },
  },
  datetime: {
    read: readText(textInstant),
    write: writeText,
    to: {
      text: SAME,
      number: NOTHING,
      boolean: NOTHING,
      date: partial(
        (column) => `substr(${column}, 11) = '${MIDNIGHT}'`,
        (column) => `substr(${column}, 1, 10)`,
      ),
      datetime: SAME,
      time: NOTHING,
    },
  },
  time: {
    read: readText(textTime),
    write: writeText,
    to: { text: SAME, number: NOTHING, boolean: NOTHING, date: NOTHING, datetime: NOTHING, time: SAME },
  },
};

/** The conversion between two encodings of plain values. */
export const scalarConversion = (from: ScalarEncoding, to: ScalarEncoding): Conversion =>
  SCALAR_ENCODINGS[from].to[to];
