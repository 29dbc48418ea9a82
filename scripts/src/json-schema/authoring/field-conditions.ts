import {
  DEFAULT_TOKENS,
  type FieldEncoding,
  type FieldType,
  FieldTypeEnum,
  fieldTypeFacts,
  isReference,
  referenceTarget,
} from '@objectstack/spec/data';
import type { SchemaNode } from '../map-nodes.js';

const typesWith = (accepts: (type: FieldType) => boolean): FieldType[] =>
  FieldTypeEnum.options.filter(accepts);

/** Conditions on the properties of a field that has one of the types. */
function ofTypes(types: readonly FieldType[], conditions: Record<string, SchemaNode> = {}): SchemaNode {
  const properties = { type: { enum: [...types] }, ...conditions };
  return { properties, required: ['type', ...Object.keys(conditions).filter((key) => key !== 'multiple')] };
}

export const when = (condition: SchemaNode, consequence: SchemaNode): SchemaNode => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: consequence,
});

/** Lookups without a default target name an object. */
const REFERENCE = when(
  ofTypes(typesWith((type) => isReference({ type }) && referenceTarget({ type }, 'own') === undefined)),
  { properties: { reference: { type: 'string' } }, required: ['reference'] },
);

/** A field that offers a choice has something to choose from. */
const OPTIONS = when(ofTypes(typesWith((type) => fieldTypeFacts(type).hasOptions === true)), {
  properties: { options: { type: 'array', minItems: 1 } },
  required: ['options'],
});

/** A required lookup cannot be cleared. */
const DELETE_BEHAVIOR = when(
  ofTypes(
    typesWith((type) => isReference({ type })),
    { required: { const: true } },
  ),
  { properties: { deleteBehavior: { enum: ['restrict', 'cascade'] } } },
);

/** A value that is computed or stored as JSON cannot be unique. */
const UNIQUE = when(
  ofTypes(typesWith((type) => ['json', 'computed'].includes(fieldTypeFacts(type).encoding))),
  { properties: { unique: { const: false } } },
);

const DAY: SchemaNode = {
  anyOf: [
    {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      patternErrorMessage: 'Expected a date such as 2026-01-31, or a default token such as TODAY().',
    },
    { enum: Object.keys(DEFAULT_TOKENS).filter((token) => DEFAULT_TOKENS[token] !== 'current_user') },
  ],
};

const VALUES: Partial<Record<FieldEncoding, SchemaNode>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: DAY,
  datetime: { type: 'string' },
  time: { type: 'string' },
};

/** A default that is computed by an expression. */
const EXPRESSION: SchemaNode = {
  type: 'object',
  properties: { dialect: { type: 'string' }, source: { type: 'string' } },
  required: ['dialect', 'source'],
};

/** The default of a field is a value of its type. */
const DEFAULTS = Object.entries(VALUES).map(([encoding, value]) =>
  when(
    ofTypes(
      typesWith((type) => fieldTypeFacts(type).encoding === encoding),
      { multiple: { const: false } },
    ),
    { properties: { defaultValue: { anyOf: [value, { type: 'null' }, EXPRESSION] } } },
  ),
);

/** What the type of a field requires of its other properties. */
export const FIELD_CONDITIONS: readonly SchemaNode[] = [
  REFERENCE,
  OPTIONS,
  DELETE_BEHAVIOR,
  UNIQUE,
  ...DEFAULTS,
];
