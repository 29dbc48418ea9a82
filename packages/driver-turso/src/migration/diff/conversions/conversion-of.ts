import { type Field, type FieldEncoding, fieldValueModel, isList, storageOf } from '@objectstack/spec/data';
import { type Conversion, NOTHING, type PartialConversion } from './conversion.js';
import { convertItems, fromJsonValue, toItems, toJsonValue } from './convert-items.js';
import { type ScalarEncoding, scalarConversion } from './scalar-encodings.js';

export type { Conversion } from './conversion.js';

const itemOf = (field: Field): FieldEncoding =>
  isList(field) ? fieldValueModel(field).itemEncoding : 'json';

/** Whether the field stores one structured JSON value, such as a location or an image. */
const isStructured = (field: Field): boolean =>
  !isList(field) && field.type !== 'json' && storageOf(field).encoding === 'json';
const holdsJson = (field: Field): boolean => fieldValueModel(field).itemEncoding === 'json';

function toJson(from: ScalarEncoding, after: Field): Conversion {
  const { value, fits } = toJsonValue(from, itemOf(after));
  const list = (column: string) => `json_array(json(${value(column)}))`;
  return { value: isList(after) ? list : value, ...(fits && { fits }) };
}

/** Converts a list of one item to that item, and an empty list to null. */
function onlyItem({ value, fits }: PartialConversion): PartialConversion {
  const first = (column: string) => `(${column} -> '$[0]')`;
  return {
    value: (column) => value(first(column)),
    fits: (column) =>
      `(json_type(${column}) = 'array' AND (json_array_length(${column}) = 0 OR (json_array_length(${column}) = 1 AND ${fits(first(column))})))`,
  };
}

function fromJson(before: Field, to: ScalarEncoding): Conversion {
  const conversion = fromJsonValue(itemOf(before), to);
  return isList(before) ? onlyItem(conversion) : conversion;
}

const UNCHANGED: PartialConversion = { value: (column) => column, fits: () => '1' };
const AS_ONLY_ITEM: Conversion = { value: (column) => `json_array(json(${column}))` };

/** Conversions between lists, from JSON to lists, and from lists to structured values. */
function betweenJson(before: Field, after: Field): Conversion | null {
  const [from, to] = [itemOf(before), itemOf(after)];
  if (isList(before)) {
    if (isList(after)) return from === to || to === 'json' ? null : convertItems(from, to);
    return isStructured(after) && holdsJson(before) ? onlyItem(UNCHANGED) : null;
  }
  if (!isList(after)) return null;
  return isStructured(before) && holdsJson(after) ? AS_ONLY_ITEM : toItems(to);
}

/** The conversion of the values of a field to another definition; null if they remain unchanged. */
export function conversionOf(before: Field, after: Field): Conversion | null {
  const [from, to] = [storageOf(before).encoding, storageOf(after).encoding];
  if (from === 'computed' || to === 'computed') return from === to ? null : NOTHING;
  if (from === 'json') return to === 'json' ? betweenJson(before, after) : fromJson(before, to);
  if (to === 'json') return toJson(from, after);
  return from === to ? null : scalarConversion(from, to);
}
