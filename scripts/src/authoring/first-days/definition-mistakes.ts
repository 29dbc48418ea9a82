import { validateBundle } from '@objectstack/runtime';
import { type FirstDayMistake, mistake } from './first-day-mistake.js';

const bundle = (parts: object) => () => validateBundle({ manifest: { version: '1.0.0' }, ...parts });
const object = (parts: object) =>
  bundle({ objects: [{ name: 'task', fields: { title: { type: 'text' } }, ...parts }] });
const field = (keys: unknown) => object({ fields: { title: { type: 'text' }, x: keys } });
const FIELD = '/objects/0/fields/x';

const KEYS = [
  mistake('a misspelled key of a field', field({ type: 'text', requird: true }), [
    'misspelled_key',
    `${FIELD}/requird`,
    /Did you mean `required`/,
  ]),
  mistake('object for objects', bundle({ object: [] }), [
    'misspelled_key',
    '/object',
    /Did you mean `objects`/,
  ]),
  mistake('properties for fields', bundle({ objects: [{ name: 'task', properties: {} }] }), [
    'unknown_key',
    '/objects/0/properties',
    /Did you mean `fields`/,
  ]),
  mistake('a list of fields', object({ fields: [{ name: 'x', type: 'text' }] }), [
    'invalid_shape',
    '/objects/0/fields',
    /an object: Fields of the object, by field name/,
  ]),
  mistake('a field name in camel case', object({ fields: { dueDate: { type: 'date' } } }), [
    'invalid_shape',
    '/objects/0/fields/dueDate',
    /Did you mean `due_date`/,
  ]),
];

const TYPES = [
  mistake('a type of another system', field({ type: 'string' }), [
    'invalid_shape',
    `${FIELD}/type`,
    /Did you mean `text`/,
  ]),
  mistake('options as texts', field({ type: 'select', options: ['open', 'done'] }), [
    'invalid_shape',
    `${FIELD}/options/0`,
    /an object with the key value/,
  ]),
  mistake('a select without options', field({ type: 'select' }), [
    'missing_options',
    FIELD,
    /for example \[\{ "label": "Open", "value": "open" \}\]/,
  ]),
  mistake('a number as text', field({ type: 'text', maxLength: '80' }), [
    'invalid_shape',
    `${FIELD}/maxLength`,
    /Did you mean `80`/,
  ]),
  mistake('a minimum above the maximum', field({ type: 'number', min: 10, max: 1 }), [
    'invalid_value',
    `${FIELD}/min`,
    /Lower min, or raise max/,
  ]),
  mistake('the maximum of a text', field({ type: 'text', max: 10 }), [
    'invalid_value',
    `${FIELD}/max`,
    /Did you mean `maxLength`/,
  ]),
];

const lookup = (keys: object) => field({ type: 'lookup', ...keys });
const LOOKUPS = [
  mistake('a misspelled reference', lookup({ reference: 'tsak' }), [
    'unknown_object',
    `${FIELD}/reference`,
    /Did you mean `task`/,
  ]),
  mistake('a reference to the id of an object', lookup({ reference: 'task.id' }), [
    'unknown_object',
    `${FIELD}/reference`,
    /Did you mean `task`/,
  ]),
  mistake('an object as reference', lookup({ reference: { object: 'task' } }), [
    'invalid_shape',
    `${FIELD}/reference`,
    /Expected text: Name of the object/,
  ]),
  mistake(
    'set_null on a required lookup',
    lookup({ reference: 'task', required: true, deleteBehavior: 'set_null' }),
    ['invalid_value', `${FIELD}/deleteBehavior`, /Write restrict or cascade, or remove required/],
  ),
];

const OPTIONS = [{ label: 'Open', value: 'open' }];
const cel = (source: string) => field({ type: 'date', defaultValue: { dialect: 'cel', source } });
const VALUES = [
  mistake('a text for a boolean default', field({ type: 'boolean', defaultValue: 'yes' }), [
    'invalid_default',
    `${FIELD}/defaultValue`,
    /must be true or false/,
  ]),
  mistake('a default that is no option', field({ type: 'select', options: OPTIONS, defaultValue: 'opne' }), [
    'invalid_default',
    `${FIELD}/defaultValue`,
    /Did you mean `open`/,
  ]),
  mistake('a misspelled default token', field({ type: 'date', defaultValue: '{tody}' }), [
    'invalid_default',
    `${FIELD}/defaultValue`,
    /Did you mean `\{today\}`/,
  ]),
  mistake('an expression of JavaScript', cel('new Date()'), [
    'expression_not_evaluated',
    `${FIELD}/defaultValue`,
    /such as today\(\)/,
  ]),
  mistake('a misspelled function', cel('tody()'), [
    'expression_not_evaluated',
    `${FIELD}/defaultValue`,
    /did you mean `today`/,
  ]),
  mistake(
    'an unknown token of an autonumber',
    field({ type: 'autonumber', autonumberFormat: '{titel}-{000}' }),
    ['invalid_value', `${FIELD}/autonumberFormat`, /Did you mean `\{title\}`/],
  ),
  mistake(
    'a regular expression that is not closed',
    object({ validations: [{ type: 'format', name: 'f', message: 'No.', field: 'title', regex: '([a-z' }] }),
    ['invalid_value', '/objects/0/validations/0/regex', /unterminated character class\. .*backslash/],
  ),
];

const view = (list: object) =>
  bundle({
    objects: [{ name: 'task', fields: { title: { type: 'text' } } }],
    views: [{ name: 'all', object: 'task', list: { type: 'grid', columns: [], ...list } }],
  });
const summary = (keys: object) =>
  field({
    type: 'summary',
    summaryOperations: { object: 'task', field: 'title', function: 'count', ...keys },
  });
const USES = [
  mistake(
    'an index on a JSON field',
    object({ fields: { x: { type: 'json' } }, indexes: [{ fields: ['x'] }] }),
    ['invalid_value', '/objects/0/indexes/0/fields/0', /Remove it from the index/],
  ),
  mistake('an index on a misspelled field', object({ indexes: [{ fields: ['titel'] }] }), [
    'unknown_field',
    '/objects/0/indexes/0/fields/0',
    /Did you mean `title`/,
  ]),
  mistake('a misspelled column of a view', view({ columns: ['titel'] }), [
    'unknown_field',
    '/views/0/list/columns/0',
    /Did you mean `title`/,
  ]),
  mistake('a summary of a misspelled object', summary({ object: 'taks' }), [
    'unknown_object',
    `${FIELD}/summaryOperations/object`,
    /Did you mean `task`/,
  ]),
  mistake('a summary of a misspelled field', summary({ field: 'tittle' }), [
    'unknown_field',
    `${FIELD}/summaryOperations/field`,
    /Did you mean `title`/,
  ]),
];

const ACCOUNT = {
  name: 'account',
  fields: { name: { type: 'text', required: true }, code: { type: 'text' }, since: { type: 'date' } },
};
const seeds = (...records: object[]) =>
  bundle({ objects: [ACCOUNT], seedData: [{ object: 'account', externalId: 'code', records }] });
const RECORDS = '/seedData/0/records';
const SEEDS = [
  mistake('a date in another notation', seeds({ name: 'Acme', code: 'a', since: '1/31/2026' }), [
    'invalid_value',
    `${RECORDS}/0/since`,
    /such as 2026-01-31/,
  ]),
  mistake('a seed record without a required field', seeds({ code: 'a' }), [
    'required_violation',
    `${RECORDS}/0`,
    /lacks required fields: name/,
  ]),
  mistake('two seed records with one key', seeds({ name: 'A', code: 'a' }, { name: 'B', code: 'a' }), [
    'duplicate_name',
    `${RECORDS}/1`,
    /Remove one of them, or give it another value/,
  ]),
];

/** Mistakes in objects, views and seeds. */
export const DEFINITION_MISTAKES: readonly FirstDayMistake[] = [
  ...KEYS,
  ...TYPES,
  ...LOOKUPS,
  ...VALUES,
  ...USES,
  ...SEEDS,
];
