import { FIELD_KEYS } from './field-keys.js';
import { carried, type MetadataKeys } from './metadata-key.js';
import { INDEX_KEYS, OBJECT_KEYS, VALIDATION_KEYS } from './object-keys.js';

const COMPONENTS = 'runtime/src/deploy/bundle-components.ts';
const SEED_KEYS = 'runtime/src/seed/seed-keys.ts';
const MANIFEST = 'runtime/src/bundle/rules/manifest.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';
const COMPONENTS_TEST = 'runtime/src/deploy/bundle-components.test.ts';
const MODES_TEST = 'runtime/src/seed/seed-modes.test.ts';
const MANIFEST_TEST = 'runtime/src/bundle/rules/manifest.test.ts';

const component = { does: 'Names the component that is stored.', reader: COMPONENTS, test: COMPONENTS_TEST };
const listed = {
  does: 'Refused when it is not what the bundle holds.',
  reader: MANIFEST,
  test: MANIFEST_TEST,
};

/** The class of every known key of metadata. What is carried is carried whole, with everything in it. */
export const METADATA_KEYS = {
  object: OBJECT_KEYS,
  field: FIELD_KEYS,
  fieldStorage: {
    notNull: {
      does: 'Makes the column NOT NULL.',
      reader: 'driver-turso/src/schema/object-table.ts',
      test: ACTED_ON_TEST,
    },
  },
  option: {
    value: {
      does: 'Is what a record may hold.',
      reader: 'spec/src/data/field-value.ts',
      test: ACTED_ON_TEST,
    },
    default: { does: 'Fills a new record.', reader: 'spec/src/data/default-value.ts', test: ACTED_ON_TEST },
    ...carried('label', 'color'),
  },
  index: INDEX_KEYS,
  validation: VALIDATION_KEYS,
  view: {
    name: component,
    ...carried('label', 'object', 'list', 'form', 'listViews', 'formViews'),
  },
  flow: {
    name: component,
    ...carried(
      'label',
      'description',
      'version',
      'status',
      'template',
      'type',
      'variables',
      'nodes',
      'edges',
      'active',
      'runAs',
      'errorHandling',
    ),
  },
  permission: {
    name: component,
    ...carried(
      'label',
      'description',
      'isProfile',
      'objects',
      'fields',
      'systemPermissions',
      'tabPermissions',
      'rowLevelSecurity',
      'contextVariables',
    ),
  },
  seed: {
    object: { does: 'Is written to.', reader: 'runtime/src/seed/seed-set.ts', test: MODES_TEST },
    externalId: { does: 'Tells which record is meant.', reader: SEED_KEYS, test: MODES_TEST },
    mode: {
      does: 'Decides what happens to a record that exists.',
      reader: 'runtime/src/seed/seed-set-writer.ts',
      test: MODES_TEST,
    },
    env: {
      does: 'Leaves the set out elsewhere.',
      reader: 'runtime/src/seed/write-seeds.ts',
      test: MODES_TEST,
    },
    records: { does: 'Are written.', reader: SEED_KEYS, test: MODES_TEST },
  },
  manifest: {
    version: {
      does: 'Is recorded with the deployment.',
      reader: 'runtime/src/deploy/make-plan.ts',
      test: 'runtime/src/deploy/plan-deployment.test.ts',
    },
    checksum: {
      does: 'Refused when it is not that of the bundle.',
      reader: 'runtime/src/bundle/validate-bundle.ts',
      test: 'runtime/src/bundle/validate-bundle.test.ts',
    },
    objects: listed,
    views: listed,
    flows: listed,
    permissions: listed,
    ...carried('name', 'id', 'namespace', 'description', 'type', 'scope', 'createdAt'),
  },
} as const satisfies Record<string, MetadataKeys>;
