import {
  DEFAULT_TOKENS,
  FIELD_STORAGE,
  type Field,
  type FieldEncoding,
  isList,
  isReference,
  type SelectOption,
  storageOf,
} from '@objectstack/spec/data';
import * as z from 'zod';
import { isDay, isInstant, isTimeOfDay } from './calendar.js';

const CHOICE_TYPES: ReadonlySet<Field['type']> = new Set(['select', 'radio', 'multiselect', 'checkboxes']);

const optionSets = new WeakMap<Field, ReadonlySet<unknown>>();

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
  if (encoding === 'number') return rangeProblem(field, value as number);
  if (encoding === 'text') return textProblem(field, value as string);
  return undefined;
}

/** Whether a field offers the value, or each value of a list. */
export function isOffered(field: Field, value: unknown): boolean {
  if (!CHOICE_TYPES.has(field.type) || !field.options) return true;
  const offered = optionsOf(field, field.options);
  return (Array.isArray(value) ? value : [value]).every((choice) => offered.has(choice));
}

/** The set of a field's options is made once, however many records are checked. */
function optionsOf(field: Field, options: readonly SelectOption[]): ReadonlySet<unknown> {
  const known = optionSets.get(field);
  if (known) return known;
  const offered = new Set<unknown>(options.map((option) => option.value));
  optionSets.set(field, offered);
  return offered;
}

/** Whether a default is a token that the field can hold the meaning of. */
export function isDefaultToken(field: Field, value: unknown): boolean {
  if (typeof value !== 'string' || !Object.hasOwn(DEFAULT_TOKENS, value)) return false;
  const { encoding } = storageOf(field);
  if (encoding === 'text') return true;
  const isTime = encoding === 'date' || encoding === 'datetime' || encoding === 'time';
  return isTime && DEFAULT_TOKENS[value] !== 'current_user';
}

function hasEncoding(field: Field, encoding: FieldEncoding, value: unknown): boolean {
  switch (encoding) {
    case 'text':
      return typeof value === 'string' && !(isReference(field) && value === '');
    case 'number':
    case 'boolean':
      return typeof value === encoding;
    case 'date':
      return isDay(value) || isInstant(value);
    case 'datetime':
      return isInstant(value);
    case 'time':
      return isTimeOfDay(value);
    case 'json':
      return !isList(field) || isListOf(field, value);
    case 'computed':
      return false;
  }
}

/** Lists of choices, tags, lookups and texts hold text; a list of files or numbers holds what they are. */
function isListOf(field: Field, value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const holdsText = !field.multiple || FIELD_STORAGE[field.type].encoding === 'text';
  return !holdsText || value.every((item) => typeof item === 'string');
}

function rangeProblem({ min, max }: Field, number: number): string | undefined {
  if (min !== undefined && number < min) return `must be at least ${min}`;
  if (max !== undefined && number > max) return `must be at most ${max}`;
  return undefined;
}

function textProblem({ type, minLength = 0, maxLength = Infinity }: Field, text: string): string | undefined {
  const length = text.length > maxLength || minLength > 0 ? [...text].length : 0;
  if (length < minLength) return `must have at least ${minLength} characters`;
  if (length > maxLength) return `must have at most ${maxLength} characters`;
  if (type === 'email' && text !== '' && !z.regexes.email.test(text)) return 'must be an e-mail address';
  if (type === 'url' && text !== '' && !isWebAddress(text)) return 'must be an http or https URL';
  return undefined;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
