import {
  encodeField,
  FIELD_ENCODINGS,
  FIELD_TYPES,
  type Field,
  type FieldEncoding,
  type FieldType,
  fieldTypeFacts,
  fieldValueModel,
  operatorsOf,
} from '@objectstack/spec/data';
import { code, list, table } from '../markdown.js';

/** A value of each encoding, as a caller may give it. */
const EXAMPLES: Readonly<Partial<Record<FieldEncoding, unknown>>> = {
  text: 'Acme',
  number: 1.5,
  boolean: true,
  date: '2026-01-31',
  datetime: '2026-01-31T14:00:00+01:00',
  time: '09:30',
  json: { a: [1, null] },
};

/** Accepted values of the field types that have no rules of their own, by encoding. */
const VALUES: Readonly<Record<FieldEncoding, string>> = {
  text: 'any string',
  number: 'any finite number',
  boolean: '`true` or `false`',
  date: 'a calendar day, `YYYY-MM-DD`',
  datetime: 'a timestamp in ISO 8601 format with a time and a UTC offset',
  time: 'a time of day, `HH:MM` or `HH:MM:SS`',
  json: 'any JSON value',
  computed: 'none: the value cannot be written',
};

const TYPES = Object.keys(FIELD_TYPES) as FieldType[];
const ENCODINGS = Object.keys(FIELD_ENCODINGS) as FieldEncoding[];

const exampleType = (encoding: FieldEncoding) =>
  TYPES.find((type) => fieldTypeFacts(type).encoding === encoding && !fieldTypeFacts(type).isList) ?? 'text';

/** What is special about a field type, besides its encoding. */
function notesOf(type: FieldType): string {
  const { format, hasOptions, isList, isReference } = fieldTypeFacts(type);
  const notes = [
    isList && 'a list of strings',
    hasOptions &&
      (isList
        ? 'each of them one of `options`, if the field has any'
        : 'one of `options`, if the field has any'),
    isReference && 'the id of a record of the object `reference`',
    format === 'email' && 'an email address, or empty',
    format === 'url' && 'an http or https URL, or empty',
    type === 'tree' && '`reference` defaults to the object of the field',
    type === 'user' && '`reference` defaults to `user`',
    type === 'autonumber' && 'assigned by the driver',
  ];
  const shown = notes.filter(Boolean);
  return shown.length > 0 ? shown.join('; ') : VALUES[fieldTypeFacts(type).encoding];
}

/** Every field type with its encoding. */
export const fieldTypeTable = (): string =>
  table(
    ['field type', 'encoding', 'value'],
    TYPES.map((type) => [code(type), code(fieldTypeFacts(type).encoding), notesOf(type)]),
  );

function storedExample(field: Field, example: unknown): string {
  if (example === undefined) return '';
  const encoded = encodeField(fieldValueModel(field), example);
  return 'value' in encoded
    ? `${code(JSON.stringify(example))} → ${code(JSON.stringify(encoded.value))}`
    : '';
}

/** Every encoding: what is given, stored and returned. */
export function encodingTable(): string {
  const rows = ENCODINGS.map((encoding) => {
    const { column, value, expected, rules } = FIELD_ENCODINGS[encoding];
    return [
      code(encoding),
      column === null ? 'none' : code(column),
      expected,
      storedExample({ type: exampleType(encoding) }, EXAMPLES[encoding]),
      value,
      rules.map((rule) => (rule === 'length' ? '`minLength`, `maxLength`' : '`min`, `max`')).join(', '),
    ];
  });
  const many: Field = { type: 'number', multiple: true };
  const listRow = ['any, with `multiple: true`', '`TEXT`', 'a list, each item as above'];
  return table(
    [
      'encoding',
      'column in SQLite',
      'accepted value',
      'example, and how it is stored',
      'value in a record',
      'rules',
    ],
    [...rows, [...listRow, storedExample(many, [1, 2]), 'json', '']],
  );
}

const KINDS: readonly (readonly [string, Field])[] = [
  ['text', { type: 'text' }],
  ['number', { type: 'number' }],
  ['date, datetime, time', { type: 'date' }],
  ['boolean', { type: 'boolean' }],
  ['list of strings, numbers, booleans, dates or times', { type: 'tags' }],
  ['JSON, and lists of JSON', { type: 'json' }],
  ['computed', { type: 'formula' }],
];

/** Operators of a condition by kind of field. */
export const operatorTable = (): string =>
  table(
    ['field', 'operators'],
    KINDS.map(([kind, field]) => [
      kind,
      [...operatorsOf(fieldValueModel(field))].map(code).join(', ') || 'none: every condition is rejected',
    ]),
  );

/** Rules of comparisons that the table of operators cannot show. */
export const comparisonRules = (): string =>
  list([
    'A condition without an operator, `{ name: x }`, means `$eq`. `{ $eq: null }` and `{ $ne: null }` ask whether there is a value, of every stored field; `null` is rejected as the operand of any other operator, except as an item of `$in` and `$nin`.',
    'A record without a value matches `$ne` and `$nin`, unless `null` is the operand or an item of it, and `$notContains`; it matches no comparison with `$gt`, `$gte`, `$lt`, `$lte`, `$between`, `$contains`, `$startsWith` or `$endsWith`. `$not` negates: `{ $not: { budget: { $gt: 1 } } }` matches records without a budget.',
    'Operands are encoded like values to write, and compared in their stored form. Of `$eq`, `$ne`, `$gt`, `$gte`, `$lt` and `$lte`, the operand can also be another field of the same encoding: `{ $field: "limit_amount" }`. Two fields without a value are equal. The operand of `$contains` and `$notContains` of a list is encoded like an item of the list (`encodeItem`).',
    'Text values are compared by their bytes in UTF-8 if the driver declares `binaryCollation`. Fields with `unique` and `caseSensitive: false` ignore the case of A to Z, and of no other letters, in every comparison (`foldCase`).',
    'Of booleans, `false` is less than `true` in the sort order and for `min` and `max`; conditions cannot compare booleans by order. Lists and JSON values have no order at all.',
  ]);
