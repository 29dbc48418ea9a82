import { counted } from '../shared/counted.js';
import { LIMITS } from '../shared/limits.js';
import type { RecordRule } from '../shared/record-rule.zod.js';
import { expectedValue } from './expected-value.js';
import type { Field } from './field.zod.js';
import { fieldTypeFacts, type TextFormat } from './field-types.js';
import { fieldValueModel } from './field-value.js';

const FORMATS: Record<TextFormat, string> = {
  email: 'must be an email address such as name@example.com',
  url: 'must be an http or https URL such as https://example.com',
};

/** Maximum number of options that are listed. */
const MAX_LISTED = 12;

function formatOf({ type }: Field): string {
  const { format } = fieldTypeFacts(type);
  return format ? FORMATS[format] : 'must be text without NUL characters and lone surrogates';
}

function optionsOf({ options = [] }: Field): string {
  const others = options.length - MAX_LISTED;
  const listed = options.slice(0, MAX_LISTED).map(({ value }) => value);
  return `must be one of ${listed.join(', ')}${others > 0 ? ` and ${others} others` : ''}`;
}

function typeOf(field: Field): string {
  const model = fieldValueModel(field);
  const isLookup = field.reference !== undefined && !model.isList;
  return isLookup
    ? `must be text, the id of a record of ${field.reference}`
    : `must be ${expectedValue(model)}`;
}

const EXPECTATIONS: Record<RecordRule, (field: Field) => string> = {
  unknown_field: () => 'is not a field of the object',
  type: typeOf,
  required: () => 'must have a value',
  readonly: () => 'is read-only',
  computed: () => 'is computed',
  min_length: ({ minLength }) => `must have at least ${counted(Number(minLength), 'character')}`,
  max_length: ({ maxLength }) => `must have at most ${counted(Number(maxLength), 'character')}`,
  max_bytes: () => `must have at most ${LIMITS.maxValueBytes} bytes`,
  min: ({ min }) => `must be at least ${min}`,
  max: ({ max }) => `must be at most ${max}`,
  option: optionsOf,
  format: formatOf,
};

/** What a rule expects of the value of a field, to complete a sentence that starts with the name of the field. */
export const ruleExpectation = (rule: RecordRule, field: Field): string => EXPECTATIONS[rule](field);
