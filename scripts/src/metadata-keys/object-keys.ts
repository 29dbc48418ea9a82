import { type MetadataKeys, storedOnly } from './metadata-key.js';

const INDEXES = 'driver-turso/src/schema/indexes-of.ts';
const SEED_KEYS = 'runtime/src/seed/seed-keys.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';

export const OBJECT_KEYS = {
  name: {
    does: 'Names the table.',
    reader: 'driver-turso/src/schema/table-of.ts',
    test: ACTED_ON_TEST,
  },
  fields: {
    does: 'Define the columns.',
    reader: 'driver-turso/src/schema/stored-fields.ts',
    test: ACTED_ON_TEST,
  },
  indexes: { does: 'Define the indexes.', reader: INDEXES, test: ACTED_ON_TEST },
  validations: { does: 'Unique rules create unique indexes.', reader: INDEXES, test: ACTED_ON_TEST },
  renamedFrom: {
    does: 'Migrates the data as a rename.',
    reader: 'driver-turso/src/migration/diff/renames/lineage.ts',
    test: 'driver-turso/src/migration/diff/renames/lineage.test.ts',
  },
  displayNameField: {
    does: 'Seed data may identify records by the field.',
    reader: SEED_KEYS,
    test: 'runtime/src/seed/seed-keys.test.ts',
  },
  ...storedOnly(
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
  fields: { does: 'Columns of the index, in this order.', reader: INDEXES, test: ACTED_ON_TEST },
  type: { does: 'Determines whether an index is created.', reader: INDEXES, test: ACTED_ON_TEST },
  unique: { does: 'Rejects a second record with the same values.', reader: INDEXES, test: ACTED_ON_TEST },
  partial: { does: 'Excludes other records from the index.', reader: INDEXES, test: ACTED_ON_TEST },
  ...storedOnly('name'),
} as const satisfies MetadataKeys;

export const VALIDATION_KEYS = {
  type: { does: 'A unique rule creates an index.', reader: INDEXES, test: ACTED_ON_TEST },
  active: {
    does: 'A disabled unique rule creates no index.',
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  fields: { does: "Columns of a unique rule's index.", reader: INDEXES, test: ACTED_ON_TEST },
  caseSensitive: {
    does: "Determines whether a unique rule's index is case-sensitive.",
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  ...storedOnly(
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
