import {
  DEFAULT_TOKENS,
  type Field,
  type FieldEncoding,
  isList,
  isReference,
  storageOf,
} from '@objectstack/spec/data';
import { isDay, isInstant, isTimeOfDay } from './calendar.js';

const CHOICE_TYPES: ReadonlySet<Field['type']> = new Set(['select', 'radio', 'multiselect', 'checkboxes']);

const EXPECTED: Record<FieldEncoding, string> = {
  text: 'must be text',
  number: 'must be a number',
  boolean: 'must be true or false',
  date: 'must be a day such as 2026-01-31',
  datetime: 'must be an instant such as 2026-01-31T12:00:00Z',
  time: 'must be a time of day such as 12:00:00',
  json: 'must be a list',
  computed: 'is computed',
};

/** Why a field cannot store the value; undefined when it can. Says nothing of the value. */
export function storageProblem(field: Field, value: unknown): string | undefined {
  const { encoding } = storageOf(field);
  if (!hasEncoding(field, encoding, value)) return EXPECTED[encoding];
  if (typeof value === 'number') return rangeProblem(field, value);
  if (typeof value === 'string' && encoding === 'text') return lengthProblem(field, value);
  return undefined;
}

/** Whether a field offers the value, or each value of a list. */
export function isOffered(field: Field, value: unknown): boolean {
  if (!CHOICE_TYPES.has(field.type) || !field.options?.length) return true;
  const offered = new Set<unknown>(field.options.map((option) => option.value));
  return (Array.isArray(value) ? value : [value]).every((choice) => offered.has(choice));
}

/** Whether a default is a token that the field can hold the meaning of. */
export function isDefaultToken(field: Field, value: unknown): boolean {
  if (typeof value !== 'string' || !Object.hasOwn(DEFAULT_TOKENS, value)) return false;
  const { encoding } = storageOf(field);
  if (DEFAULT_TOKENS[value] === 'current_user') return encoding === 'text';
  return encoding === 'text' || encoding === 'date' || encoding === 'datetime' || encoding === 'time';
}

function hasEncoding(field: Field, encoding: FieldEncoding, value: unknown): boolean {
  switch (encoding) {
    case 'text':
      return typeof value === 'string' && !(isReference(field) && value === '');
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return isDay(value) || isInstant(value);
    case 'datetime':
      return isInstant(value);
    case 'time':
      return isTimeOfDay(value);
    case 'json':
      return !isList(field) || Array.isArray(value);
    case 'computed':
      return false;
  }
}

function rangeProblem({ min, max }: Field, number: number): string | undefined {
  if (min !== undefined && number < min) return `must be at least ${min}`;
  if (max !== undefined && number > max) return `must be at most ${max}`;
  return undefined;
}

function lengthProblem({ minLength, maxLength }: Field, text: string): string | undefined {
  const length = [...text].length;
  if (minLength !== undefined && length < minLength) return `must have at least ${minLength} characters`;
  if (maxLength !== undefined && length > maxLength) return `must have at most ${maxLength} characters`;
  return undefined;
}
