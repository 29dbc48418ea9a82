import * as z from 'zod';
import type { RecordRule } from '../shared/record-rule.zod.js';
import { encodeValue } from './encode-value.js';
import type { Field } from './field.zod.js';
import {
  type FieldStorage,
  integerIdStorage,
  isList,
  referenceTarget,
  storageOf,
  type ValueStorage,
} from './field-storage.js';
import { type FieldEncoding, fieldTypeFacts, type TextFormat, type ValueEncoding } from './field-types.js';
import type { IdType } from './id-type.zod.js';

/** Facts about the values of a field or of ids, computed once for any number of values. */
export interface ValueModel {
  readonly field: Field;
  readonly storage: ValueStorage;
  readonly isList: boolean;
  /** Encoding of the items of a list. */
  readonly itemEncoding: ValueEncoding;
  /** Valid values of a field with options; null if any value is valid. */
  readonly options: ReadonlySet<string> | null;
  /** Whether comparisons ignore the case of the letters A to Z, because the field is unique in this way. */
  readonly ignoresCase: boolean;
}

/** Facts about the values of a field that follow from its definition alone. */
export interface FieldValueModel extends ValueModel {
  readonly storage: FieldStorage;
  readonly itemEncoding: FieldEncoding;
}

/** Returns whether values of the field are compared without regard to the case of the letters A to Z. */
export function ignoresCase(field: Pick<Field, 'type' | 'multiple' | 'unique' | 'caseSensitive'>): boolean {
  const isUnique = field.unique !== undefined && field.unique !== false;
  return isUnique && field.caseSensitive === false && storageOf(field).encoding === 'text';
}

/** Converts the letters A to Z, and no other letters, to lowercase, like the NOCASE collation of SQLite. */
export const foldCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The same field with integer ids as its values, or as the items of its list. */
function withIntegerIds(model: FieldValueModel): ValueModel {
  const itemEncoding = 'integer_id';
  return model.isList ? { ...model, itemEncoding } : { ...model, itemEncoding, storage: integerIdStorage() };
}

/**
 * Returns how the values of a field of an object are stored, checked and compared, where they depend on other objects: the
 * field `id`, and fields that refer to records, have the type of the ids that they contain. `idTypeOf` returns the `idType` of a
 * deployed object.
 */
export function valueModelOf(
  [name, field]: readonly [name: string, field: Field],
  owner: { readonly name: string; readonly idType?: IdType | undefined },
  idTypeOf: (object: string) => IdType | undefined,
): ValueModel {
  const target = name === 'id' ? undefined : referenceTarget(field, owner.name);
  const idType = name === 'id' ? owner.idType : target !== undefined && idTypeOf(target);
  return idType === 'integer' ? withIntegerIds(fieldValueModel(field)) : fieldValueModel(field);
}

/** Returns how the values of a field are stored, checked and compared. Computed once for any number of values. */
export function fieldValueModel(field: Field): FieldValueModel {
  const { encoding, hasOptions, isList: isListType } = fieldTypeFacts(field.type);
  // An empty list of options offers nothing to choose from: it does not restrict the values.
  const offers = hasOptions && field.options?.length ? field.options : undefined;
  return {
    field,
    storage: storageOf(field),
    isList: isList(field),
    itemEncoding: isListType ? 'text' : encoding,
    options: offers ? new Set(offers.map(({ value }) => value)) : null,
    ignoresCase: ignoresCase(field),
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const IS_FORMAT: Record<TextFormat, (text: string) => boolean> = {
  email: (text) => z.regexes.email.test(text),
  url: isWebAddress,
};

function hasForm({ type }: Field, text: string): boolean {
  if (text === '') return true;
  const { format } = fieldTypeFacts(type);
  return format === undefined || IS_FORMAT[format](text);
}

/**
 * Lengths are numbers of characters, not of UTF-16 units; the characters of a text that cannot be too long or too short
 * are not counted.
 */
function checkText(field: Field, text: string): RecordRule[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = field;
  const length = minLength > 0 || text.length > maxLength ? [...text].length : 0;
  const rules: RecordRule[] = [];
  if (length < minLength) rules.push('min_length');
  if (length > maxLength) rules.push('max_length');
  if (!hasForm(field, text)) rules.push('format');
  return rules;
}

function checkNumber(
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Field,
  value: number,
) {
  const rules: RecordRule[] = [];
  if (value < min) rules.push('min');
  if (value > max) rules.push('max');
  return rules;
}

function checkList({ itemEncoding, options }: ValueModel, value: unknown): RecordRule[] {
  const fits = (item: unknown) =>
    item !== null && item !== undefined && 'value' in encodeValue(itemEncoding, item);
  if (!Array.isArray(value) || !value.every(fits)) return ['type'];
  return options && !value.every((item) => options.has(item)) ? ['option'] : [];
}

/** Returns the rules that a value violates although its column can store it; an empty list for a missing value. */
export function checkValue(model: ValueModel, value: unknown): RecordRule[] {
  if (value === null || value === undefined) return [];
  if (model.isList) return checkList(model, value);
  if (typeof value === 'number') return checkNumber(model.field, value);
  if (typeof value !== 'string') return [];
  const rules = checkText(model.field, value);
  if (model.options !== null && !model.options.has(value)) rules.push('option');
  return rules;
}

/**
 * Returns whether a stored value does not satisfy `required`. A list needs an item, and JSON any value but an empty
 * string.
 */
export function isMissing({ storage, isList }: ValueModel, stored: unknown): boolean {
  if (stored === null || stored === undefined || stored === '') return true;
  return storage.encoding === 'json' && (stored === '""' || (isList && stored === '[]'));
}
