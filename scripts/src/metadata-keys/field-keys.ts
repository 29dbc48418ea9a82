import { carried, type MetadataKeys } from './metadata-key.js';

const VALUE = 'spec/src/data/field-value.ts';
const STORAGE = 'spec/src/data/field-storage.ts';
const RECORD = 'driver-turso/src/driver/encode-record.ts';
const INDEXES = 'driver-turso/src/schema/object-indexes.ts';
const FOREIGN_KEY = 'driver-turso/src/schema/foreign-key.ts';
const AUTONUMBER_FORMAT = 'spec/src/data/autonumber-format.ts';
const RECORD_TEST = 'driver-turso/src/driver/encode-record.test.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';

export const FIELD_KEYS = {
  type: {
    does: 'Decides the column and what a value must be.',
    reader: STORAGE,
    test: 'driver-turso/src/driver/field-types.test.ts',
  },
  name: {
    does: 'Refused when it is not the key of the field.',
    reader: 'runtime/src/bundle/rules/fields.ts',
    test: 'runtime/src/bundle/rules/fields.test.ts',
  },
  required: { does: 'Refuses a write that leaves the field empty.', reader: RECORD, test: RECORD_TEST },
  readonly: { does: 'Refuses a value unless the system writes.', reader: RECORD, test: RECORD_TEST },
  multiple: {
    does: 'Makes the field a list.',
    reader: STORAGE,
    test: 'driver-turso/src/driver/field-types.test.ts',
  },
  unique: { does: 'Makes a unique index.', reader: INDEXES, test: ACTED_ON_TEST },
  caseSensitive: {
    does: 'Decides whether that index tells upper from lower case.',
    reader: INDEXES,
    test: ACTED_ON_TEST,
  },
  index: { does: 'Makes an index.', reader: INDEXES, test: ACTED_ON_TEST },
  externalId: {
    does: 'Makes an index, and lets seeds name a record by the field.',
    reader: 'runtime/src/seed/seed-keys.ts',
    test: 'runtime/src/seed/seed-keys.test.ts',
  },
  backfill: {
    does: 'Fills stored records without a value when a migration adds or requires the field.',
    reader: 'driver-turso/src/migration/diff/conversions/filler.ts',
    test: 'driver-turso/test/migration/backfill.test.ts',
  },
  defaultValue: { does: 'Fills a new record.', reader: 'spec/src/data/default-value.ts', test: RECORD_TEST },
  minLength: { does: 'Refuses shorter texts.', reader: VALUE, test: RECORD_TEST },
  maxLength: { does: 'Refuses longer texts.', reader: VALUE, test: RECORD_TEST },
  min: { does: 'Refuses smaller numbers.', reader: VALUE, test: RECORD_TEST },
  max: { does: 'Refuses larger numbers.', reader: VALUE, test: RECORD_TEST },
  options: { does: 'Refuses values that are not among them.', reader: VALUE, test: RECORD_TEST },
  reference: {
    does: 'Makes a foreign key, and finds what a seed names.',
    reader: STORAGE,
    test: ACTED_ON_TEST,
  },
  deleteBehavior: {
    does: 'Decides what the foreign key does when the other record goes.',
    reader: FOREIGN_KEY,
    test: ACTED_ON_TEST,
  },
  format: { does: 'Pattern of an autonumber.', reader: AUTONUMBER_FORMAT, test: ACTED_ON_TEST },
  autonumberFormat: {
    does: 'Pattern of an autonumber.',
    reader: AUTONUMBER_FORMAT,
    test: ACTED_ON_TEST,
  },
  storage: {
    does: 'Makes the column NOT NULL.',
    reader: 'driver-turso/src/schema/object-table.ts',
    test: ACTED_ON_TEST,
  },
  renamedFrom: {
    does: 'Makes a rename out of a removal and an addition.',
    reader: 'driver-turso/src/migration/diff/renames/lineage.ts',
    test: 'driver-turso/src/migration/diff/renames/lineage.test.ts',
  },
  ...carried(
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
    'maskingRule',
    'auditTrail',
    'dependencies',
    'cached',
    'dataQuality',
    'group',
    'conditionalRequired',
    'hidden',
    'sortable',
    'inlineHelpText',
    'trackFeedHistory',
  ),
} as const satisfies MetadataKeys;
