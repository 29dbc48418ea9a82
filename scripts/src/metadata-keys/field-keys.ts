import { type MetadataKeys, storedOnly } from './metadata-key.js';

const VALUE = 'spec/src/data/field-value.ts';
const STORAGE = 'spec/src/data/field-storage.ts';
const RECORD = 'spec/src/data/check-record.ts';
const INDEXES = 'driver-turso/src/schema/indexes-of.ts';
const DELETE_RULE = 'spec/src/drivers/delete-rule-of.ts';
const AUTONUMBER_FORMAT = 'spec/src/data/autonumber-format.ts';
const RECORD_TEST = 'driver-turso/src/driver/record-encoder.test.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';

export const FIELD_KEYS = {
  type: {
    does: 'Determines the column type and the valid values.',
    reader: STORAGE,
    test: 'driver-turso/src/driver/field-types.test.ts',
  },
  name: {
    does: 'Must equal the key of the field.',
    reader: 'runtime/src/bundle/rules/check-fields.ts',
    test: 'runtime/src/bundle/rules/check-fields.test.ts',
  },
  required: {
    does: 'Rejects writes that leave the field without a value.',
    reader: RECORD,
    test: RECORD_TEST,
  },
  readonly: { does: 'Rejects values in writes other than system writes.', reader: RECORD, test: RECORD_TEST },
  multiple: {
    does: 'Stores a list of values.',
    reader: STORAGE,
    test: 'driver-turso/src/driver/field-types.test.ts',
  },
  unique: { does: 'Creates a unique index.', reader: INDEXES, test: ACTED_ON_TEST },
  caseSensitive: {
    does: 'Determines whether the unique index is case-sensitive.',
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  index: { does: 'Creates an index.', reader: INDEXES, test: ACTED_ON_TEST },
  externalId: {
    does: 'Creates an index; seed data may identify records by the field.',
    reader: 'runtime/src/seed/seed-keys.ts',
    test: 'runtime/src/seed/seed-keys.test.ts',
  },
  backfill: {
    does: 'Fills existing records without a value when a migration adds or requires the field, or replaces its values.',
    reader: 'driver-turso/src/migration/diff/conversions/filler.ts',
    test: 'driver-turso/test/migration/backfill.test.ts',
  },
  defaultValue: {
    does: 'Sets the default of a new record: a value, a token or a CEL expression.',
    reader: 'spec/src/data/default-value.ts',
    test: RECORD_TEST,
  },
  minLength: { does: 'Rejects shorter texts.', reader: VALUE, test: RECORD_TEST },
  maxLength: { does: 'Rejects longer texts.', reader: VALUE, test: RECORD_TEST },
  min: { does: 'Rejects smaller numbers.', reader: VALUE, test: RECORD_TEST },
  max: { does: 'Rejects larger numbers.', reader: VALUE, test: RECORD_TEST },
  options: { does: 'Rejects other values.', reader: VALUE, test: RECORD_TEST },
  reference: {
    does: 'Creates a foreign key; seed lookups are resolved in the referenced object.',
    reader: STORAGE,
    test: ACTED_ON_TEST,
  },
  deleteBehavior: {
    does: 'Determines the ON DELETE action of the foreign key.',
    reader: DELETE_RULE,
    test: ACTED_ON_TEST,
  },
  format: { does: 'Format of an autonumber.', reader: AUTONUMBER_FORMAT, test: ACTED_ON_TEST },
  autonumberFormat: {
    does: 'Format of an autonumber.',
    reader: AUTONUMBER_FORMAT,
    test: ACTED_ON_TEST,
  },
  storage: {
    does: 'Declares the column NOT NULL.',
    reader: 'driver-turso/src/schema/table-of.ts',
    test: ACTED_ON_TEST,
  },
  renamedFrom: {
    does: 'Migrates the data as a rename.',
    reader: 'driver-turso/src/migration/diff/renames/lineage.ts',
    test: 'driver-turso/src/migration/diff/renames/lineage.test.ts',
  },
  maskingRule: {
    does: 'Masks the values in clones of the tenant.',
    reader: 'runtime/src/masking/record-masks.ts',
    test: 'runtime/src/tenant-data/masked-clones.test.ts',
  },
  ...storedOnly(
    'label',
    'description',
    'columnName',
    'precision',
    'scale',
    'searchable',
    'referenceFilters',
    'writeRequiresMasterRead',
    'expression',
    'summaryOperations',
    'language',
    'theme',
    'lineNumbers',
    'maxRating',
    'allowHalf',
    'displayMap',
    'allowGeocoding',
    'addressFormat',
    'colorFormat',
    'allowAlpha',
    'presetColors',
    'step',
    'showValue',
    'marks',
    'barcodeFormat',
    'qrErrorCorrection',
    'displayValue',
    'allowScanning',
    'currencyConfig',
    'vectorConfig',
    'fileAttachmentConfig',
    'encryptionConfig',
    'auditTrail',
    'dependencies',
    'cached',
    'dataQuality',
    'group',
    'conditionalRequired',
    'requiredWhen',
    'readonlyWhen',
    'visibleWhen',
    'dependsOn',
    'trackHistory',
    'relatedList',
    'inlineEdit',
    'hidden',
    'sortable',
    'inlineHelpText',
    'trackFeedHistory',
  ),
} as const satisfies MetadataKeys;
