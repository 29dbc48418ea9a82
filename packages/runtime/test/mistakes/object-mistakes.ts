import { account, type BundleMistake, object } from './bundle-mistake.js';

const index = (definition: unknown) => object({ indexes: [definition] });
const rule = (definition: Record<string, unknown>) =>
  object({ validations: [{ name: 'rule', message: 'No.', ...definition }] });

/** Mistakes in manifests. */
export const MANIFEST_MISTAKES: readonly BundleMistake[] = [
  ['no version', { manifest: {} }, 'error invalid_shape /manifest/version', 'for example 1.4.0'],
  [
    'a version with two numbers',
    { manifest: { version: '1.4' } },
    'error invalid_shape /manifest/version',
    'Did you mean `1.4.0`?',
  ],
  [
    'a version with a letter',
    { manifest: { version: 'v1.4.0' } },
    'error invalid_shape /manifest/version',
    'Did you mean `1.4.0`?',
  ],
  [
    'a version that is a number',
    { manifest: { version: 2 } },
    'error invalid_shape /manifest/version',
    'Did you mean `2.0.0`?',
  ],
  [
    'a misspelled key for the version',
    { manifest: { verison: '1.0.0' } },
    'error misspelled_key /manifest/verison',
    'Did you mean `version`?',
  ],
  [
    'a manifest that is a text',
    { manifest: '1.0.0' },
    'error invalid_shape /manifest',
    'Expected an object with the key version',
  ],
  [
    'an object that it does not list',
    {
      manifest: { version: '1.0.0', objects: ['contact'] },
      objects: [account, { ...account, name: 'contact' }],
    },
    'error manifest_mismatch /manifest/objects',
    'Add the name',
  ],
  [
    'a list of names that is a text',
    { manifest: { version: '1.0.0', objects: 'account' }, objects: [account] },
    'error invalid_shape /manifest/objects',
    'Did you mean `["account"]`?',
  ],
  [
    'a later protocol version',
    { protocolVersion: '2' },
    'error unsupported_protocol_version /protocolVersion',
    'Upgrade the packages',
  ],
  [
    'a protocol version that is a number',
    { protocolVersion: 1 },
    'error invalid_shape /protocolVersion',
    'Did you mean `1`?',
  ],
  ['a misspelled list', { objets: [account] }, 'error misspelled_key /objets', 'Did you mean `objects`?'],
  [
    'an unknown list',
    { dashboards: [] },
    'warning unknown_key /dashboards',
    'is unknown: it is stored, not interpreted',
  ],
  [
    'a list by the name of other systems',
    { tables: [] },
    'warning unknown_key /tables',
    'Did you mean `objects`?',
  ],
  [
    'objects by name',
    { objects: { account } },
    'error invalid_shape /objects',
    'Expected a list of objects with the keys name, fields',
  ],
];

/** Mistakes in objects. */
export const OBJECT_MISTAKES: readonly BundleMistake[] = [
  [
    'a name in capitals',
    object({ name: 'Account' }),
    'error invalid_shape /objects/0/name',
    'Did you mean `account`?',
  ],
  [
    'a name with spaces',
    object({ name: 'Sales Order' }),
    'error invalid_shape /objects/0/name',
    'Did you mean `sales_order`?',
  ],
  ['no name', { objects: [{ fields: {} }] }, 'error invalid_shape /objects/0/name', 'lowercase snake_case'],
  [
    'a name of SQLite',
    object({ name: 'sqlite_data' }),
    'error invalid_shape /objects/0/name',
    'not with sqlite_',
  ],
  [
    'a name with the separator of apps',
    object({ name: 'crm__account' }),
    'error reserved_name /objects/0/name',
    'Choose another one',
  ],
  [
    'a table-valued function',
    object({ name: 'json_each' }),
    'error reserved_name /objects/0/name',
    'Choose another one',
  ],
  [
    'the same name twice',
    { objects: [account, account] },
    'error duplicate_name /objects/1/name',
    'must be unique',
  ],
  [
    'no fields',
    { objects: [{ name: 'account' }] },
    'error invalid_shape /objects/0/fields',
    'Fields of the object, by field name',
  ],
  [
    'fields as a list',
    object({ fields: [{ name: 'name', type: 'text' }] }),
    'error invalid_shape /objects/0/fields',
    'Expected an object',
  ],
  [
    'an unknown display field',
    object({ displayNameField: 'nmae' }),
    'error unknown_field /objects/0/displayNameField',
    'Did you mean `name`?',
  ],
  [
    'a misspelled key',
    object({ lable: 'Account' }),
    'warning misspelled_key /objects/0/lable',
    'Did you mean `label`?',
  ],
  [
    'an unknown sharing model',
    object({ sharingModel: 'public' }),
    'warning unknown_shape /objects/0/sharingModel',
    'Expected one of private, read, ',
  ],
  [
    'an unknown field in a layout',
    object({ compactLayout: ['name', 'sise'] }),
    'warning unknown_field /objects/0/compactLayout/1',
    'Did you mean `size`?',
  ],
  [
    'its own name as the previous one',
    object({ renamedFrom: 'account' }),
    'warning invalid_value /objects/0/renamedFrom',
    'Remove renamedFrom',
  ],
];

/** Mistakes in indexes and validation rules. */
export const INDEX_MISTAKES: readonly BundleMistake[] = [
  [
    'an unknown field',
    index({ fields: ['nmae'] }),
    'error unknown_field /objects/0/indexes/0/fields/0',
    'Did you mean `name`?',
  ],
  [
    'a field instead of an index',
    index('name'),
    'error invalid_shape /objects/0/indexes/0',
    'Expected an object with the key fields',
  ],
  [
    'no fields',
    index({ fields: [] }),
    'error invalid_shape /objects/0/indexes/0/fields',
    'Expected at least 1 item',
  ],
  [
    'fields as a text',
    index({ fields: 'name' }),
    'error invalid_shape /objects/0/indexes/0/fields',
    'Did you mean `["name"]`?',
  ],
  [
    'a misspelled key',
    index({ feilds: ['name'] }),
    'error misspelled_key /objects/0/indexes/0/feilds',
    'Did you mean `fields`?',
  ],
  [
    'a misspelled flag',
    index({ fields: ['name'], uniqe: true }),
    'error misspelled_key /objects/0/indexes/0/uniqe',
    'Did you mean `unique`?',
  ],
  [
    'an unknown type',
    index({ fields: ['name'], type: 'btre' }),
    'error invalid_shape /objects/0/indexes/0/type',
    'Did you mean `btree`?',
  ],
  [
    'a type without an index',
    index({ fields: ['name'], type: 'gin' }),
    'warning index_not_made /objects/0/indexes/0/type',
    'No index is created',
  ],
  [
    'an invalid condition',
    index({ fields: ['name'], partial: 'size = (select 1)' }),
    'error invalid_value /objects/0/indexes/0/partial',
    'The condition of the index is not supported',
  ],
  [
    'one name twice',
    object({
      indexes: [
        { name: 'by_name', fields: ['name'] },
        { name: 'by_name', fields: ['size'] },
      ],
    }),
    'warning duplicate_name /objects/0/indexes/1/name',
    'Rename or remove one of them',
  ],
  [
    'one field twice',
    index({ fields: ['name', 'name'] }),
    'warning duplicate_name /objects/0/indexes/0/fields/1',
    'Remove it, or name another field',
  ],
  [
    'an unknown rule',
    rule({ type: 'unqiue', fields: ['name'] }),
    'error invalid_shape /objects/0/validations/0/type',
    'Did you mean `unique`?',
  ],
  [
    'a unique rule on an unknown field',
    rule({ type: 'unique', fields: ['nmae'] }),
    'error unknown_field /objects/0/validations/0/fields/0',
    'Did you mean `name`?',
  ],
  [
    'a unique rule on one field twice',
    rule({ type: 'unique', fields: ['name', 'name'] }),
    'warning duplicate_name /objects/0/validations/0/fields/1',
    'Remove it, or name another field',
  ],
  [
    'an invalid regular expression',
    rule({ type: 'format', field: 'name', regex: '([a-z' }),
    'warning invalid_value /objects/0/validations/0/regex',
    'unterminated character class',
  ],
  [
    'a format of an unknown field',
    rule({ type: 'format', field: 'nmae', regex: '^a' }),
    'warning unknown_field /objects/0/validations/0/field',
    'Did you mean `name`?',
  ],
];
