import { type Field, type FieldEncoding, fieldValueModel, isList, storageOf } from '@objectstack/spec/data';
import { convertItems, fromJsonValue, toItems, toJsonValue } from './convert-items.js';
import {
  type Conversion,
  type Judged,
  NOTHING,
  type ScalarEncoding,
  scalarConversion,
} from './scalar-conversion.js';

export type { Conversion } from './scalar-conversion.js';

const itemOf = (field: Field): FieldEncoding =>
  isList(field) ? fieldValueModel(field).itemEncoding : 'json';

/** Whether the field holds one JSON value that has a meaning as a whole, such as a place or an image. */
const isShaped = (field: Field): boolean =>
  !isList(field) && field.type !== 'json' && storageOf(field).encoding === 'json';
const holdsJson = (field: Field): boolean => fieldValueModel(field).itemEncoding === 'json';

function toJson(from: ScalarEncoding, after: Field): Conversion {
  const { value, fits } = toJsonValue(from, itemOf(after));
  const list = (column: string) => `json_array(json(${value(column)}))`;
  return { value: isList(after) ? list : value, ...(fits && { fits }) };
}

/** The only item of a list; nothing of an empty one. */
function onlyItem({ value, fits }: Judged): Judged {
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

const AS_IT_IS: Judged = { value: (column) => column, fits: () => '1' };
const IN_A_LIST: Conversion = { value: (column) => `json_array(json(${column}))` };

/** Lists of other items, JSON that is to be a list, and a list that is to be one value of a shape. */
function betweenJson(before: Field, after: Field): Conversion | null {
  const [from, to] = [itemOf(before), itemOf(after)];
  if (isList(before)) {
    if (isList(after)) return from === to || to === 'json' ? null : convertItems(from, to);
    return isShaped(after) && holdsJson(before) ? onlyItem(AS_IT_IS) : null;
  }
  if (!isList(after)) return null;
  return isShaped(before) && holdsJson(after) ? IN_A_LIST : toItems(to);
}

/** How the values of a field become those of another, or null where they stay as they are. */
export function conversionOf(before: Field, after: Field): Conversion | null {
  const [from, to] = [storageOf(before).encoding, storageOf(after).encoding];
  if (from === 'computed' || to === 'computed') return from === to ? null : NOTHING;
  if (from === 'json') return to === 'json' ? betweenJson(before, after) : fromJson(before, to);
  if (to === 'json') return toJson(from, after);
  return from === to ? null : scalarConversion(from, to);
}
