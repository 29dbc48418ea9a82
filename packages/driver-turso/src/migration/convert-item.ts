import type { FieldEncoding } from '@objectstack/spec/data';
import { textDay, textInstant, textTime } from './calendar-text.js';
import { type Conversion, NOTHING, type ScalarEncoding, scalarConversion } from './convert-scalar.js';
import { numberText, textNumber } from './number-text.js';

/** JSON text whose strings a database column can hold: it cuts at NUL and replaces half of a surrogate pair. */
const isStorable = (json: string) =>
  `replace(${json}, '\\\\', '') NOT GLOB '*\\u0000*' AND replace(${json}, '\\\\', '') NOT GLOB '*\\u[dD][89a-fA-F]*'`;

const scalarOf = (json: string) => `json_extract(${json}, '$')`;
const textType = (json: string) => `json_type(${json}) = 'text' AND ${isStorable(json)}`;
const textAs = (parse: (text: string) => string): Required<Conversion> => ({
  value: (json) => parse(scalarOf(json)),
  fits: (json) => `(${textType(json)} AND (${parse(scalarOf(json))}) IS NOT NULL)`,
});

/** How one JSON value is read as a column of an encoding holds it. */
const READERS = {
  text: { value: scalarOf, fits: (json) => `(${textType(json)})` },
  number: {
    value: textNumber,
    fits: (json) => `(json_type(${json}) IN ('integer', 'real') AND (${textNumber(json)}) IS NOT NULL)`,
  },
  boolean: { value: scalarOf, fits: (json) => `(json_type(${json}) IN ('true', 'false'))` },
  date: textAs(textDay),
  datetime: textAs(textInstant),
  time: textAs(textTime),
} satisfies Record<ScalarEncoding, Required<Conversion>>;

/** How a value of a column is written as JSON. */
const WRITERS = {
  text: (value) => `json_quote(${value})`,
  number: numberText,
  boolean: (value) => `CASE ${value} WHEN 1 THEN 'true' ELSE 'false' END`,
  date: (value) => `json_quote(${value})`,
  datetime: (value) => `json_quote(${value})`,
  time: (value) => `json_quote(${value})`,
} satisfies Record<ScalarEncoding, (value: string) => string>;

const isScalar = (encoding: FieldEncoding): encoding is ScalarEncoding =>
  encoding !== 'json' && encoding !== 'computed';

/** From a JSON value to a column; a value of any kind must already be of the kind that is asked for. */
export function fromJsonValue(from: FieldEncoding, to: ScalarEncoding): Required<Conversion> {
  if (from === 'computed') return { fits: () => '0', value: () => 'NULL' };
  const source = from === 'json' ? to : from;
  const [reader, { value, fits }] = [READERS[source], scalarConversion(source, to)];
  return {
    value: (json) => value(reader.value(json)),
    fits: (json) => `(${reader.fits(json)}${fits ? ` AND (${fits(reader.value(json))})` : ''})`,
  };
}

/** From a column to JSON text. */
export function toJsonValue(from: ScalarEncoding, to: FieldEncoding): Conversion {
  if (to === 'computed') return NOTHING;
  const item = to === 'json' ? from : to;
  const { value, fits } = scalarConversion(from, item);
  return { value: (column) => WRITERS[item](value(column)), ...(fits && { fits }) };
}

/** Evaluates an expression about each item of a list; items are JSON text, so that numbers keep their digits. */
const items = (list: string) =>
  `(SELECT key, ${list} -> fullkey AS item FROM temp.json_each(${list})) AS _os_item`;
const ITEM = '_os_item.item';

/** From the items of a list, or of any JSON, to those of another. */
export function convertItems(from: FieldEncoding, to: FieldEncoding): Required<Conversion> {
  const [reader, isAny] = [isScalar(to) ? fromJsonValue(from, to) : null, from === 'json' || !isScalar(to)];
  const itemFits = reader ? reader.fits(ITEM) : `${ITEM} <> 'null'`;
  return {
    fits: (list) =>
      `(json_type(${list}) = 'array' AND NOT EXISTS (SELECT 1 FROM ${items(list)} WHERE NOT coalesce(${itemFits}, 0)))`,
    value: (list) =>
      isAny || !reader || !isScalar(to)
        ? list
        : `(SELECT json_group_array(json(${WRITERS[to](reader.value(ITEM))})) FROM (SELECT item FROM ${items(list)} ORDER BY key) AS _os_item)`,
  };
}
