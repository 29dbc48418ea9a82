import { carried, type MetadataKeys } from './metadata-key.js';

const INDEXES = 'driver-turso/src/schema/object-indexes.ts';
const SEED_KEYS = 'runtime/src/seed/seed-keys.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';

export const OBJECT_KEYS = {
  name: {
    does: 'Names the table.',
    reader: 'driver-turso/src/schema/object-table.ts',
    test: ACTED_ON_TEST,
  },
  fields: {
    does: 'Makes the columns.',
    reader: 'driver-turso/src/schema/object-fields.ts',
    test: ACTED_ON_TEST,
  },
  indexes: { does: 'Makes the indexes.', reader: INDEXES, test: ACTED_ON_TEST },
  validations: { does: 'Makes a unique index of every unique rule.', reader: INDEXES, test: ACTED_ON_TEST },
  renamedFrom: {
    does: 'Makes a rename out of a removal and an addition.',
    reader: 'driver-turso/src/migration/diff/renames/lineage.ts',
    test: 'driver-turso/src/migration/diff/renames/lineage.test.ts',
  },
  displayNameField: {
    does: 'Lets seeds name a record by the field.',
    reader: SEED_KEYS,
    test: 'runtime/src/seed/seed-keys.test.ts',
  },
  ...carried(
    'label',
    'pluralLabel',
    'description',
    'icon',
    'tags',
    'active',
    'isSystem',
    'abstract',
    'datasource',
    'fieldGroups',
    'tenancy',
    'softDelete',
    'versioning',
    'partitioning',
    'cdc',
    'stateMachines',
    'recordName',
    'titleFormat',
    'compactLayout',
    'search',
    'enable',
    'recordTypes',
    'sharingModel',
    'keyPrefix',
    'actions',
    'workflows',
  ),
} as const satisfies MetadataKeys;

export const INDEX_KEYS = {
  fields: { does: 'Are its columns, in this order.', reader: INDEXES, test: ACTED_ON_TEST },
  type: { does: 'Decides whether an index is made.', reader: INDEXES, test: ACTED_ON_TEST },
  unique: { does: 'Refuses a second record with the same values.', reader: INDEXES, test: ACTED_ON_TEST },
  partial: { does: 'Leaves other records out of the index.', reader: INDEXES, test: ACTED_ON_TEST },
  ...carried('name'),
} as const satisfies MetadataKeys;

export const VALIDATION_KEYS = {
  type: { does: 'Of a unique rule makes an index.', reader: INDEXES, test: ACTED_ON_TEST },
  active: {
    does: 'Of a unique rule that is not leaves the index out.',
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  fields: { does: 'Of a unique rule are the columns.', reader: INDEXES, test: ACTED_ON_TEST },
  caseSensitive: {
    does: 'Of a unique rule decides how texts compare.',
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  ...carried(
    'name',
    'label',
    'description',
    'events',
    'priority',
    'tags',
    'severity',
    'message',
    'scope',
    'condition',
    'field',
    'transitions',
    'regex',
    'format',
    'schema',
    'validatorUrl',
    'method',
    'headers',
    'validatorFunction',
    'timeout',
    'debounce',
    'params',
    'handler',
    'when',
    'then',
    'otherwise',
  ),
} as const satisfies MetadataKeys;
