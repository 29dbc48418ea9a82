import type { RecordViolation } from '@objectstack/spec/contracts';
import * as z from 'zod';
import { encodeValue } from './encode-value.js';
import type { FieldModel } from './object-model.js';

type Rule = RecordViolation['rule'];

const EMAIL = z.regexes.email;

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Characters, not UTF-16 units. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length++;
  return length;
}

function checkText({ field, isList }: FieldModel, value: unknown): Rule[] {
  if (typeof value !== 'string' || isList) return [];
  const rules: Rule[] = [];
  if (field.minLength !== undefined && lengthOf(value) < field.minLength) rules.push('min_length');
  if (field.maxLength !== undefined && lengthOf(value) > field.maxLength) rules.push('max_length');
  if (value !== '' && field.type === 'email' && !EMAIL.test(value)) rules.push('format');
  if (value !== '' && field.type === 'url' && !isUrl(value)) rules.push('format');
  return rules;
}

function checkNumber({ field }: FieldModel, value: unknown): Rule[] {
  if (typeof value !== 'number') return [];
  const rules: Rule[] = [];
  if (field.min !== undefined && value < field.min) rules.push('min');
  if (field.max !== undefined && value > field.max) rules.push('max');
  return rules;
}

const fits = (encoding: FieldModel['itemEncoding'], item: unknown) =>
  item !== null && item !== undefined && 'value' in encodeValue(encoding, item);

function checkList({ isList, itemEncoding, options }: FieldModel, value: unknown): Rule[] {
  if (!isList) return [];
  if (!Array.isArray(value) || !value.every((item) => fits(itemEncoding, item))) return ['type'];
  return options && !value.every((item) => options.has(item)) ? ['option'] : [];
}

function checkOption({ isList, options }: FieldModel, value: unknown): Rule[] {
  return !isList && options && typeof value === 'string' && !options.has(value) ? ['option'] : [];
}

/** Rules that a value breaks although it can be stored. */
export function checkValue(model: FieldModel, value: unknown): Rule[] {
  if (value === null || value === undefined) return [];
  return [
    ...checkText(model, value),
    ...checkNumber(model, value),
    ...checkList(model, value),
    ...checkOption(model, value),
  ];
}
