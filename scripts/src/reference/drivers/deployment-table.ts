import { type FieldInput, ObjectDefinitionSchema, type ObjectInput } from '@objectstack/spec/data';
import { assertDeployable, objectModel } from '@objectstack/spec/drivers';
import { ObjectStackError } from '@objectstack/spec/shared';
import { code, table } from '../markdown.js';

type Fields = ObjectInput['fields'];

const TEXT: FieldInput = { type: 'text' };
const FREE = 'accepted, or rejected with `destructive_not_allowed`';
const UNLESS = (rejection: string) => `accepted, unless ${rejection}`;

/** A change of the field `f`, and what must happen if `assertDeployable` does not reject it. */
const CHANGES: readonly (readonly [what: string, before: Fields, after: Fields, otherwise: string])[] = [
  [
    'a new object, field or index',
    {},
    { f: TEXT },
    'accepted; new fields have no value, or that of `backfill`',
  ],
  ['a removed field', { f: TEXT }, {}, ''],
  ['a field that becomes computed', { f: TEXT }, { f: { type: 'formula', expression: '1' } }, ''],
  [
    '`unique` added',
    { f: TEXT },
    { f: { ...TEXT, unique: true } },
    UNLESS('records violate it: `unique_violation`'),
  ],
  ['`unique`, or a unique index, removed', { f: { ...TEXT, unique: true } }, { f: TEXT }, ''],
  [
    '`caseSensitive: false` removed from a unique field',
    { f: { ...TEXT, unique: true, caseSensitive: false } },
    { f: { ...TEXT, unique: true } },
    '',
  ],
  [
    '`caseSensitive: false` added to a unique field',
    { f: { ...TEXT, unique: true } },
    { f: { ...TEXT, unique: true, caseSensitive: false } },
    `${FREE}, unless records violate it: \`unique_violation\``,
  ],
  [
    '`storage.notNull` added',
    { f: TEXT },
    { f: { ...TEXT, storage: { notNull: true } } },
    UNLESS('a record has no value: `not_null_violation`'),
  ],
  ['`storage.notNull` removed', { f: { ...TEXT, storage: { notNull: true } } }, { f: TEXT }, ''],
  ['a lookup that becomes another type', { f: { type: 'lookup', reference: 'a' } }, { f: TEXT }, ''],
  [
    'another `reference` of a lookup',
    { f: { type: 'lookup', reference: 'a' } },
    { f: { type: 'lookup', reference: 'b' } },
    `${FREE}; if a value is no id of the new object, rejected with \`foreign_key_violation\` or \`destructive_not_allowed\``,
  ],
  [
    'another `deleteBehavior`',
    { f: { type: 'lookup', reference: 'a' } },
    { f: { type: 'lookup', reference: 'a', deleteBehavior: 'cascade' } },
    FREE,
  ],
  [
    'another type that has a column, or `multiple`',
    { f: TEXT },
    { f: { type: 'number' } },
    `${FREE}; if the new type cannot store a value, rejected with \`conversion_failed\` or \`destructive_not_allowed\``,
  ],
  [
    '`required`, `min`, `max`, `minLength`, `maxLength` or `options` added, changed or removed',
    { f: { ...TEXT, required: true } },
    { f: TEXT },
    `${FREE}; a new \`required\` may also be rejected with \`not_null_violation\` if a record has no value. Other values of stored records are not checked`,
  ],
  ['a plain index removed', { f: { ...TEXT, index: true } }, { f: TEXT }, 'accepted'],
  ['labels, descriptions, defaults', { f: TEXT }, { f: { ...TEXT, label: 'F' } }, 'accepted'],
];

function answer(before: Fields, after: Fields, otherwise: string): string {
  const [deployed, wanted] = [before, after].map((fields) =>
    objectModel(ObjectDefinitionSchema.parse({ name: 'thing', fields: { other: TEXT, ...fields } })),
  );
  try {
    if (deployed && wanted) assertDeployable(deployed, wanted);
    return otherwise;
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return `rejected with ${code(error.code)}`;
    throw error;
  }
}

/** What `syncSchema` does with every kind of change. */
export const deploymentTable = (): string =>
  table(
    ['change', '`syncSchema`'],
    CHANGES.map(([what, before, after, otherwise]) => [what, answer(before, after, otherwise)]),
  );
