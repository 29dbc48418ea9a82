import { type Field, type FieldEncoding, fieldValueModel, isList, storageOf } from '@objectstack/spec/data';
import { convertItems, fromJsonValue, toJsonValue } from './convert-item.js';
import { type Conversion, NOTHING, type ScalarEncoding, scalarConversion } from './convert-scalar.js';

export type { Conversion } from './convert-scalar.js';

const itemOf = (field: Field): FieldEncoding =>
  isList(field) ? fieldValueModel(field).itemEncoding : 'json';

function toJson(from: ScalarEncoding, after: Field): Conversion {
  if (!isList(after) && after.type !== 'json') return NOTHING;
  const { value, fits } = toJsonValue(from, itemOf(after));
  const list = (column: string) => `json_array(json(${value(column)}))`;
  return { value: isList(after) ? list : value, ...(fits && { fits }) };
}

/** A single value becomes itself, a list of one that one, and an empty list nothing. */
function fromJson(before: Field, to: ScalarEncoding): Conversion {
  const { value, fits } = fromJsonValue(itemOf(before), to);
  if (!isList(before)) return before.type === 'json' ? { value, fits } : NOTHING;
  const first = (column: string) => `(${column} -> '$[0]')`;
  return {
    value: (column) => value(first(column)),
    fits: (column) =>
      `(json_type(${column}) = 'array' AND (json_array_length(${column}) = 0 OR (json_array_length(${column}) = 1 AND ${fits(first(column))})))`,
  };
}

/** Lists of other items, and any JSON that is to be a list. */
function betweenJson(before: Field, after: Field): Conversion | null {
  if (!isList(after)) return null;
  const [from, to] = [itemOf(before), itemOf(after)];
  return isList(before) && (from === to || to === 'json') ? null : convertItems(from, to);
}

/** How the values of a field become those of another, or null where they stay as they are. */
export function conversionOf(before: Field, after: Field): Conversion | null {
  const [from, to] = [storageOf(before).encoding, storageOf(after).encoding];
  if (from === 'computed' || to === 'computed') return from === to ? null : NOTHING;
  if (from === 'json') return to === 'json' ? betweenJson(before, after) : fromJson(before, to);
  if (to === 'json') return toJson(from, after);
  return from === to ? null : scalarConversion(from, to);
}
