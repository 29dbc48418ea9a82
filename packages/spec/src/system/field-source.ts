import type { Field } from '../data/field.zod.js';
import { FIELD_STORAGE, isList, storageOf } from '../data/field-storage.js';
import { fieldTypeFacts } from '../data/field-types.js';
import { literal } from './type-source.js';

const JSON_VALUE = 'JsonValue';
const VALUES = { text: 'string', number: 'number', boolean: 'boolean', json: JSON_VALUE, none: 'never' };

const hasChoice = ({ type }: Field) => fieldTypeFacts(type).hasOptions === true;

function itemSource(field: Field): string {
  const { options = [] } = field;
  if (hasChoice(field) && options.length > 0) {
    const values = new Set(options.map(({ value }) => literal(value)));
    return [...values].join(' | ');
  }
  return hasChoice(field) || fieldTypeFacts(field.type).isList === true
    ? 'string'
    : VALUES[FIELD_STORAGE[field.type].value];
}

/** TypeScript of the value of a stored field in a record. */
export function valueSource(field: Field): string {
  const item = itemSource(field);
  const value = isList(field) ? `(${item})[]` : item;
  return field.required ? value : `${value} | null`;
}

/** Whether the TypeScript of the values refers to the type `JsonValue`. */
export const usesJsonValue = (field: Field): boolean => isStored(field) && itemSource(field) === JSON_VALUE;

/** Whether the field is stored. */
export const isStored = (field: Field): boolean => storageOf(field).column !== null;

/** Whether a caller can set the field. */
export const isSettable = (field: Field): boolean =>
  isStored(field) && field.readonly !== true && field.type !== 'autonumber';

const hasDefault = ({ defaultValue }: Field) => defaultValue !== undefined && defaultValue !== null;
const hasPreselection = (field: Field) =>
  !Object.hasOwn(field, 'defaultValue') && field.options?.some((option) => option.default) === true;

/** Whether a record cannot be created without the field. */
export const isNeeded = (field: Field): boolean =>
  field.required === true && !hasDefault(field) && !hasPreselection(field);

/** TypeScript of the parts of a definition that the types of records and queries depend on. */
export function definitionSource(field: Field): string {
  const { type, required, readonly, multiple, reference, options } = field;
  const choices = options?.map(
    (option) =>
      `{ readonly value: ${literal(option.value)}${option.default ? '; readonly default: true' : ''} }`,
  );
  const parts = [
    `readonly type: ${literal(type)}`,
    required && 'readonly required: true',
    readonly && 'readonly readonly: true',
    multiple && 'readonly multiple: true',
    reference !== undefined && `readonly reference: ${literal(reference)}`,
    choices && `readonly options: [${choices.join(', ')}]`,
    Object.hasOwn(field, 'defaultValue') &&
      `readonly defaultValue: ${hasDefault(field) ? 'unknown' : 'null'}`,
  ];
  return `{ ${parts.filter((part) => typeof part === 'string').join('; ')} }`;
}
