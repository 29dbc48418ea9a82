import type { FieldEncoding } from '@objectstack/spec/data';
import { numberText, textNumber } from './number-text.js';
import {
  booleanText,
  type Conversion,
  type Judged,
  NOTHING,
  type ScalarEncoding,
  scalarConversion,
} from './scalar-conversion.js';
import { textDay, textInstant, textTime } from './text-instant.js';

/** JSON text whose strings a database column can hold: it cuts at NUL and replaces half of a surrogate pair. */
const isStorable = (json: string) =>
  `replace(${json}, '\\\\', '') NOT GLOB '*\\u0000*' AND replace(${json}, '\\\\', '') NOT GLOB '*\\u[dD][89a-fA-F]*'`;

const scalarOf = (json: string) => `json_extract(${json}, '$')`;
const textType = (json: string) => `json_type(${json}) = 'text' AND ${isStorable(json)}`;
const textAs = (parse: (text: string) => string): Judged => ({
  value: (json) => parse(scalarOf(json)),
  fits: (json) => `(${textType(json)} AND (${parse(scalarOf(json))}) IS NOT NULL)`,
});

/** How one JSON value is read as a column of an encoding holds it. */
const READERS = {
  text: { value: scalarOf, fits: (json) => `(${textType(json)})` },
  number: {
    value: textNumber,
    fits: (json) => `((${textNumber(json)}) IS NOT NULL)`,
  },
  boolean: { value: scalarOf, fits: (json) => `(json_type(${json}) IN ('true', 'false'))` },
  date: textAs(textDay),
  datetime: textAs(textInstant),
  time: textAs(textTime),
} satisfies Record<ScalarEncoding, Judged>;

/** How a value of a column is written as JSON. */
const WRITERS = {
  text: (value) => `json_quote(${value})`,
  number: numberText,
  boolean: booleanText,
  date: (value) => `json_quote(${value})`,
  datetime: (value) => `json_quote(${value})`,
  time: (value) => `json_quote(${value})`,
} satisfies Record<ScalarEncoding, (value: string) => string>;

/** Encodings whose values are texts: in a list they are stored as they were spelled. */
const SPELLED: ReadonlySet<FieldEncoding> = new Set(['text', 'date', 'datetime', 'time']);

const isScalar = (encoding: FieldEncoding): encoding is ScalarEncoding =>
  encoding !== 'json' && encoding !== 'computed';

/** Uses a long expression by a name, so that it is neither repeated nor nested: parsers of SQL nest only so deep. */
const by = (expression: string, use: (name: string) => string) =>
  `(WITH _os_by(value) AS (SELECT ${expression} LIMIT 1 OFFSET 0) SELECT ${use('_os_by.value')} FROM _os_by)`;

/** How a JSON value is read, and what becomes of what was read: nothing more where it is read as it is asked for. */
function stepsOf(from: ScalarEncoding | 'json', to: ScalarEncoding): [read: Judged, convert?: Conversion] {
  const source = from === 'json' || (to === 'text' && SPELLED.has(from)) ? to : from;
  return source === to ? [READERS[to]] : [READERS[source], scalarConversion(source, to)];
}

/** From a JSON value to a column; a value of any kind must already be of the kind that is asked for. */
export function fromJsonValue(from: FieldEncoding, to: ScalarEncoding): Judged {
  if (from === 'computed') return { fits: () => '0', value: () => 'NULL' };
  const [reader, convert] = stepsOf(from, to);
  if (!convert) return reader;
  const { value, fits } = convert;
  return {
    value: (json) => by(reader.value(json), value),
    fits: (json) => `(${reader.fits(json)}${fits ? ` AND ${by(reader.value(json), fits)}` : ''})`,
  };
}

/** From a column to JSON text. */
export function toJsonValue(from: ScalarEncoding, to: FieldEncoding): Conversion {
  if (to === 'computed') return NOTHING;
  const item = to === 'json' ? from : to;
  const { value, fits } = scalarConversion(from, item);
  const write = WRITERS[item];
  return {
    value: (column) => (item === from ? write(column) : by(value(column), write)),
    ...(fits && { fits }),
  };
}

/** Items are JSON text, so that numbers keep their digits. */
const itemsOf = (list: string) =>
  `_os_item AS (SELECT key, ${list} -> fullkey AS item FROM temp.json_each(${list}) LIMIT -1 OFFSET 0)`;
const ITEM = '_os_item.item';

const fitsItem = (from: FieldEncoding, to: FieldEncoding) => (item: string) => {
  if (!isScalar(to)) return `(${item} <> 'null')`;
  const { fits } = fromJsonValue(from, to);
  // Any JSON stays as it is spelled, and a list of days may have instants in it.
  return from === 'json' && to === 'date' ? `(${fits(item)} OR ${READERS.datetime.fits(item)})` : fits(item);
};

/** From the items of a list, each read by the column `item` and then converted by the column `value`. */
function convertEach([read, { value, fits }]: [Judged, Conversion], to: ScalarEncoding): Judged {
  // Side by side, because parsers of SQL nest only so deep.
  const readItems = (list: string) =>
    `${itemsOf(list)}, _os_read AS (SELECT key, ${read.fits(ITEM)} AS isRead, ${read.value(ITEM)} AS value FROM _os_item LIMIT -1 OFFSET 0)`;
  const isFit = fits ? `isRead AND ${fits('_os_read.value')}` : 'isRead';
  return {
    fits: (list) =>
      `(WITH ${readItems(list)}, _os_misfit AS (SELECT 1 FROM _os_read WHERE NOT coalesce(${isFit}, 0))
        SELECT json_type(${list}) = 'array' AND NOT EXISTS (SELECT 1 FROM _os_misfit))`,
    value: (list) =>
      `(WITH ${readItems(list)}, _os_value AS (SELECT key, ${value('_os_read.value')} AS value FROM _os_read LIMIT -1 OFFSET 0),
        _os_written AS (SELECT ${WRITERS[to]('_os_value.value')} AS item FROM _os_value ORDER BY key)
        SELECT json_group_array(json(item)) FROM _os_written)`,
  };
}

/** From the items of a list, or of any JSON, to those of another. */
export function convertItems(from: FieldEncoding, to: FieldEncoding): Judged {
  const [read, convert] = isScalar(to) && (isScalar(from) || from === 'json') ? stepsOf(from, to) : [];
  if (read && convert && isScalar(to)) return convertEach([read, convert], to);
  const fits = fitsItem(from, to)(ITEM);
  return {
    fits: (list) =>
      `(WITH ${itemsOf(list)}, _os_read AS (SELECT ${fits} AS isRead FROM _os_item LIMIT -1 OFFSET 0), _os_misfit AS (SELECT 1 FROM _os_read WHERE NOT coalesce(isRead, 0))
        SELECT json_type(${list}) = 'array' AND NOT EXISTS (SELECT 1 FROM _os_misfit))`,
    value: (list) =>
      from === 'json' || !isScalar(to)
        ? list
        : `(WITH ${itemsOf(list)}, _os_value AS (SELECT key, ${fromJsonValue(from, to).value(ITEM)} AS value FROM _os_item LIMIT -1 OFFSET 0),
        _os_written AS (SELECT ${WRITERS[to]('_os_value.value')} AS item FROM _os_value ORDER BY key)
        SELECT json_group_array(json(item)) FROM _os_written)`,
  };
}

/** From any JSON to a list: an array is one already, and every other value is the only item. */
export function toItems(to: FieldEncoding): Judged {
  const isArray = (column: string) => `json_type(${column}) = 'array'`;
  const { fits } = convertItems('json', to);
  return {
    fits: (column) =>
      `CASE WHEN ${isArray(column)} THEN ${fits(column)} ELSE ${fitsItem('json', to)(column)} END`,
    value: (column) => `CASE WHEN ${isArray(column)} THEN ${column} ELSE json_array(json(${column})) END`,
  };
}
