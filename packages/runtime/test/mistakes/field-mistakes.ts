import { type BundleMistake, field } from './bundle-mistake.js';

const X = '/objects/0/fields/x';
const options = [
  { label: 'Open', value: 'open' },
  { label: 'In progress', value: 'in_progress' },
];
const select = (changes: Record<string, unknown>) => field({ type: 'select', options, ...changes });

/** Mistakes in fields. */
export const FIELD_MISTAKES: readonly BundleMistake[] = [
  [
    'a key of SQL for the default',
    field({ type: 'text', default: 'a' }),
    `warning unknown_key ${X}/default`,
    'Did you mean `defaultValue`?',
  ],
  [
    'a key of SQL for a required value',
    field({ type: 'text', notNull: true }),
    `warning unknown_key ${X}/notNull`,
    'Did you mean `required`?',
  ],
  [
    'a key of SQL for the delete behavior',
    field({ type: 'lookup', reference: 'account', onDelete: 'cascade' }),
    `warning unknown_key ${X}/onDelete`,
    'Did you mean `deleteBehavior`?',
  ],
  [
    'a type of other systems',
    field({ type: 'uuid' }),
    `error invalid_shape ${X}/type`,
    'Did you mean `text`?',
  ],
  [
    'a delete behavior of other systems',
    field({ type: 'lookup', reference: 'account', deleteBehavior: 'nullify' }),
    `error invalid_shape ${X}/deleteBehavior`,
    'Did you mean `set_null`?',
  ],
  ['a misspelled type', field({ type: 'txt' }), `error invalid_shape ${X}/type`, 'Did you mean `text`?'],
  [
    'a type of TypeScript',
    field({ type: 'string' }),
    `error invalid_shape ${X}/type`,
    'Did you mean `text`?',
  ],
  ['a type of SQL', field({ type: 'INTEGER' }), `error invalid_shape ${X}/type`, 'Did you mean `number`?'],
  [
    'a type in capitals',
    field({ type: 'Lookup', reference: 'account' }),
    `error invalid_shape ${X}/type`,
    'Did you mean `lookup`?',
  ],
  ['a secret', field({ type: 'secret' }), `error invalid_shape ${X}/type`, 'Store the secret elsewhere'],
  ['no type', field({ label: 'X' }), `error invalid_shape ${X}/type`, 'The required key type is missing'],
  [
    'a misspelled key for the type',
    field({ typ: 'text' }),
    `error misspelled_key ${X}/typ`,
    'Did you mean `type`?',
  ],
  [
    'a type instead of a definition',
    field('text'),
    `error invalid_shape ${X}`,
    'Expected an object with the key type',
  ],
  [
    'a misspelled flag',
    field({ type: 'text', requird: true }),
    `error misspelled_key ${X}/requird`,
    'Did you mean `required`?',
  ],
  [
    'a flag as a text',
    field({ type: 'text', required: 'yes' }),
    `error invalid_shape ${X}/required`,
    'Expected true or false. Did you mean `true`?',
  ],
  [
    'a length as a text',
    field({ type: 'text', maxLength: '80' }),
    `error invalid_shape ${X}/maxLength`,
    'Did you mean `80`?',
  ],
  [
    'a length of a column',
    field({ type: 'text', max_length: 80 }),
    `error misspelled_key ${X}/max_length`,
    'Did you mean `maxLength`?',
  ],
  [
    'a negative length',
    field({ type: 'text', minLength: -1 }),
    `error invalid_shape ${X}/minLength`,
    'Expected at least 0',
  ],
  [
    'swapped bounds',
    field({ type: 'number', min: 10, max: 1 }),
    `error invalid_value ${X}/min`,
    'min is greater than max',
  ],
  [
    'a maximum of a text',
    field({ type: 'text', max: 80 }),
    `warning invalid_value ${X}/max`,
    'has no effect on a field of type text. Remove max. Did you mean `maxLength`?',
  ],
  [
    'a length of a number',
    field({ type: 'number', minLength: 1 }),
    `warning invalid_value ${X}/minLength`,
    'Did you mean `min`?',
  ],
  [
    'a length of a list',
    field({ type: 'tags', maxLength: 5 }),
    `warning invalid_value ${X}/maxLength`,
    'has no effect on a field with a list of values',
  ],
  [
    'a summary of nothing',
    field({ type: 'summary' }),
    `warning unknown_shape ${X}`,
    'requires summaryOperations, for example { "object": "task", "field": "hours", "function": "sum" }',
  ],
  [
    'a formula without an expression',
    field({ type: 'formula' }),
    `warning unknown_shape ${X}`,
    'requires expression, for example "price * quantity"',
  ],
  [
    'a lookup without a reference',
    field({ type: 'lookup' }),
    `error missing_reference ${X}`,
    'requires reference, the name of an object',
  ],
  [
    'a misspelled reference',
    field({ type: 'lookup', reference: 'acount' }),
    `warning unknown_object ${X}/reference`,
    'Did you mean `account`?',
  ],
  [
    'a reference to several objects',
    field({ type: 'lookup', reference: ['account', 'contact'] }),
    `error invalid_shape ${X}/reference`,
    'Define one lookup for each object',
  ],
  [
    'an unknown delete behavior',
    field({ type: 'lookup', reference: 'account', deleteBehavior: 'setNull' }),
    `error invalid_shape ${X}/deleteBehavior`,
    'Did you mean `set_null`?',
  ],
  [
    'set_null on a required lookup',
    field({ type: 'lookup', reference: 'account', required: true, deleteBehavior: 'set_null' }),
    `warning invalid_value ${X}/deleteBehavior`,
    'Did you mean `restrict`?',
  ],
  [
    'a unique JSON field',
    field({ type: 'json', unique: true }),
    `error invalid_value ${X}/unique`,
    'Remove unique',
  ],
  [
    'an unknown scope of uniqueness',
    field({ type: 'text', unique: 'tenent' }),
    `error invalid_shape ${X}/unique`,
    'Did you mean `tenant`?',
  ],
  [
    'a name that differs from the key',
    field({ type: 'text', name: 'y' }),
    `error invalid_value ${X}/name`,
    'Did you mean `x`?',
  ],
  [
    'a key in camel case',
    { objects: [{ name: 'account', fields: { dueDate: { type: 'date' } } }] },
    'error invalid_shape /objects/0/fields/dueDate',
    'Did you mean `due_date`?',
  ],
  [
    'another type for a system field',
    { objects: [{ name: 'account', fields: { id: { type: 'number' } } }] },
    'error reserved_name /objects/0/fields/id',
    'Choose another name',
  ],
  [
    'an unknown token of an autonumber',
    field({ type: 'autonumber', format: 'A-{yyyy}-{000}' }),
    `error invalid_value ${X}/format`,
    'Did you mean `{YYYY}`?',
  ],
];

/** Mistakes in options and defaults. */
export const OPTION_MISTAKES: readonly BundleMistake[] = [
  [
    'no options',
    field({ type: 'select' }),
    `warning missing_options ${X}`,
    'List them, for example [{ "label": "Open", "value": "open" }]',
  ],
  [
    'an empty list',
    field({ type: 'radio', options: [] }),
    `warning missing_options ${X}/options`,
    'it accepts any value',
  ],
  [
    'texts',
    field({ type: 'select', options: ['open'] }),
    `error invalid_shape ${X}/options/0`,
    'Expected an object with the key value',
  ],
  [
    'no value',
    field({ type: 'select', options: [{ label: 'Open' }] }),
    `error invalid_shape ${X}/options/0/value`,
    'The required key value is missing',
  ],
  [
    'an empty value',
    field({ type: 'select', options: [{ label: 'Open', value: '' }] }),
    `error invalid_shape ${X}/options/0/value`,
    'Expected at least 1 character',
  ],
  [
    'a value that is a number',
    field({ type: 'select', options: [{ label: 'One', value: 1 }] }),
    `error invalid_shape ${X}/options/0/value`,
    'Expected text: Value stored in a record if the option is selected. Did you mean `1`?',
  ],
  [
    'a value twice',
    field({ type: 'select', options: [...options, ...options.slice(1)] }),
    `error duplicate_name ${X}/options/2/value`,
    'Remove one of them',
  ],
  [
    'a default in another case',
    select({ defaultValue: 'Open' }),
    `error invalid_default ${X}/defaultValue`,
    'Did you mean `open`?',
  ],
  [
    'the label as the default',
    select({ defaultValue: 'In progress' }),
    `error invalid_default ${X}/defaultValue`,
    'Did you mean `in_progress`?',
  ],
  [
    'a text as the default of a boolean',
    field({ type: 'boolean', defaultValue: 'yes' }),
    `error invalid_default ${X}/defaultValue`,
    'must be true or false',
  ],
  [
    'a default date in another notation',
    field({ type: 'date', defaultValue: '31.1.2026' }),
    `error invalid_default ${X}/defaultValue`,
    'must be a date such as 2026-01-31',
  ],
  [
    'a backfill by a token',
    field({ type: 'date', required: true, backfill: 'TODAY()' }),
    `error invalid_backfill ${X}/backfill`,
    'must be a literal value',
  ],
  [
    'another label as the default',
    field({ type: 'select', options: [{ label: 'Done', value: 'closed' }], defaultValue: 'Done' }),
    `error invalid_default ${X}/defaultValue`,
    'Did you mean `closed`?',
  ],
  [
    'a backfill from an unknown field',
    field({ type: 'text', backfill: { field: 'nmae' } }),
    `error invalid_backfill ${X}/backfill`,
    'Did you mean `name`?',
  ],
  [
    'a default above the highest rating',
    field({ type: 'rating', maxRating: 5, defaultValue: 9 }),
    `warning invalid_default ${X}/defaultValue`,
    'Lower it, or raise maxRating',
  ],
  [
    'a default above the maximum',
    field({ type: 'number', max: 5, defaultValue: 9 }),
    `error invalid_default ${X}/defaultValue`,
    'must be at most 5',
  ],
];
