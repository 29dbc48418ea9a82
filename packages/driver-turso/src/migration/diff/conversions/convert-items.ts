import { encodingFacts, type FieldEncoding } from '@objectstack/spec/data';
import { type Conversion, NOTHING, type PartialConversion } from './conversion.js';
import { SCALAR_ENCODINGS, type ScalarEncoding, scalarConversion } from './scalar-encodings.js';

/** Whether the values are text. Items of lists are stored as they were written. */
const isTextual = (encoding: FieldEncoding) => encodingFacts(encoding).value === 'text';

const isScalar = (encoding: FieldEncoding): encoding is ScalarEncoding =>
  encoding !== 'json' && encoding !== 'computed';

/**
 * Binds a long expression to a name, so that it is neither repeated nor nested: SQL parsers limit the nesting depth.
 */
const bind = (expression: string, use: (name: string) => string) =>
  `(WITH _os_by(value) AS (SELECT ${expression} LIMIT 1 OFFSET 0) SELECT ${use('_os_by.value')} FROM _os_by)`;

/**
 * The conversion that reads a JSON value, and the conversion of the result unless it already has the target encoding.
 */
function stepsOf(
  from: ScalarEncoding | 'json',
  to: ScalarEncoding,
): [read: PartialConversion, convert?: Conversion] {
  const source = from === 'json' || (to === 'text' && isTextual(from)) ? to : from;
  return source === to
    ? [SCALAR_ENCODINGS[to].read]
    : [SCALAR_ENCODINGS[source].read, scalarConversion(source, to)];
}

/** From a JSON value to a column. A value of a `json` field must already have the target type. */
export function fromJsonValue(from: FieldEncoding, to: ScalarEncoding): PartialConversion {
  if (from === 'computed') return { fits: () => '0', value: () => 'NULL' };
  const [reader, convert] = stepsOf(from, to);
  if (!convert) return reader;
  const { value, fits } = convert;
  return {
    value: (json) => bind(reader.value(json), value),
    fits: (json) => `(${reader.fits(json)}${fits ? ` AND ${bind(reader.value(json), fits)}` : ''})`,
  };
}

/** From a column to JSON text. */
export function toJsonValue(from: ScalarEncoding, to: FieldEncoding): Conversion {
  if (to === 'computed') return NOTHING;
  const item = to === 'json' ? from : to;
  const { value, fits } = scalarConversion(from, item);
  const write = SCALAR_ENCODINGS[item].write;
  return {
    value: (column) => (item === from ? write(column) : bind(value(column), write)),
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
  // Items of a `json` field are stored unchanged, and a list of dates may contain instants.
  return from === 'json' && to === 'date'
    ? `(${fits(item)} OR ${SCALAR_ENCODINGS.datetime.read.fits(item)})`
    : fits(item);
};

/** From the items of a list, each read from the column `item` and then converted from the column `value`. */
function convertEach(
  [read, { value, fits }]: [PartialConversion, Conversion],
  to: ScalarEncoding,
): PartialConversion {
  // Not nested, because SQL parsers limit the nesting depth.
  const readItems = (list: string) =>
    `${itemsOf(list)}, _os_read AS (SELECT key, ${read.fits(ITEM)} AS isRead, ${read.value(ITEM)} AS value FROM _os_item LIMIT -1 OFFSET 0)`;
  const isFit = fits ? `isRead AND ${fits('_os_read.value')}` : 'isRead';
  return {
    fits: (list) =>
      `(WITH ${readItems(list)}, _os_misfit AS (SELECT 1 FROM _os_read WHERE NOT coalesce(${isFit}, 0))
        SELECT json_type(${list}) = 'array' AND NOT EXISTS (SELECT 1 FROM _os_misfit))`,
    value: (list) =>
      `(WITH ${readItems(list)}, _os_value AS (SELECT key, ${value('_os_read.value')} AS value FROM _os_read LIMIT -1 OFFSET 0),
        _os_written AS (SELECT ${SCALAR_ENCODINGS[to].write('_os_value.value')} AS item FROM _os_value ORDER BY key)
        SELECT json_group_array(json(item)) FROM _os_written)`,
  };
}

/** From the items of a list, or of a JSON array, to the items of another list. */
export function convertItems(from: FieldEncoding, to: FieldEncoding): PartialConversion {
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
        _os_written AS (SELECT ${SCALAR_ENCODINGS[to].write('_os_value.value')} AS item FROM _os_value ORDER BY key)
        SELECT json_group_array(json(item)) FROM _os_written)`,
  };
}

/** From any JSON value to a list: an array remains, and any other value becomes the only item. */
export function toItems(to: FieldEncoding): PartialConversion {
  const isArray = (column: string) => `json_type(${column}) = 'array'`;
  const { fits } = convertItems('json', to);
  return {
    fits: (column) =>
      `CASE WHEN ${isArray(column)} THEN ${fits(column)} ELSE ${fitsItem('json', to)(column)} END`,
    value: (column) => `CASE WHEN ${isArray(column)} THEN ${column} ELSE json_array(json(${column})) END`,
  };
}
