import { FIELD_KEYS } from './field-keys.js';
import { type MetadataKeys, storedOnly } from './metadata-key.js';
import { INDEX_KEYS, OBJECT_KEYS, VALIDATION_KEYS } from './object-keys.js';

const COMPONENTS = 'runtime/src/deploy/bundle-components.ts';
const SEED_KEYS = 'runtime/src/seed/seed-keys.ts';
const MANIFEST = 'runtime/src/bundle/rules/check-manifest.ts';
const ACTED_ON_TEST = 'driver-turso/src/driver/acted-on-keys.test.ts';
const COMPONENTS_TEST = 'runtime/src/deploy/bundle-components.test.ts';
const MODES_TEST = 'runtime/src/seed/seed-modes.test.ts';
const MANIFEST_TEST = 'runtime/src/bundle/rules/check-manifest.test.ts';

const component = { does: 'Identifies the stored component.', reader: COMPONENTS, test: COMPONENTS_TEST };
const listed = {
  does: 'Must match the contents of the bundle.',
  reader: MANIFEST,
  test: MANIFEST_TEST,
};

/** The class of every known metadata key. The value of a stored-only key is stored with everything in it. */
export const METADATA_KEYS = {
  object: OBJECT_KEYS,
  field: FIELD_KEYS,
  fieldStorage: {
    notNull: {
      does: 'Declares the column NOT NULL.',
      reader: 'driver-turso/src/schema/table-of.ts',
      test: ACTED_ON_TEST,
    },
  },
  option: {
    value: {
      does: 'Value that a record may have.',
      reader: 'spec/src/data/field-value.ts',
      test: ACTED_ON_TEST,
    },
    default: {
      does: 'Sets the default of the field.',
      reader: 'spec/src/data/default-value.ts',
      test: ACTED_ON_TEST,
    },
    ...storedOnly('label', 'color', 'visibleWhen', 'probability'),
  },
  index: INDEX_KEYS,
  validation: VALIDATION_KEYS,
  view: {
    name: component,
    ...storedOnly('label', 'object', 'list', 'form', 'listViews', 'formViews'),
  },
  flow: {
    name: component,
    ...storedOnly(
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
    ...storedOnly(
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
    object: { does: 'Object that is written to.', reader: 'runtime/src/seed/seed-set.ts', test: MODES_TEST },
    externalId: { does: 'Identifies existing records.', reader: SEED_KEYS, test: MODES_TEST },
    mode: {
      does: 'Determines how existing records are treated.',
      reader: 'runtime/src/seed/seed-set-writer.ts',
      test: MODES_TEST,
    },
    env: {
      does: 'Skips the dataset in other environments.',
      reader: 'runtime/src/seed/seed-set.ts',
      test: MODES_TEST,
    },
    preserveEdits: {
      does: 'Leaves records unchanged that were changed since seed data wrote them.',
      reader: 'runtime/src/seed/preserves-edits.ts',
      test: 'runtime/src/seed/preserves-edits.test.ts',
    },
    records: { does: 'Written to the object.', reader: SEED_KEYS, test: MODES_TEST },
  },
  manifest: {
    version: {
      does: 'Recorded with the deployment.',
      reader: 'runtime/src/deploy/make-plan.ts',
      test: 'runtime/src/deploy/plan-deployment.test.ts',
    },
    checksum: {
      does: 'Must match the bundle.',
      reader: 'runtime/src/bundle/validate-bundle.ts',
      test: 'runtime/src/bundle/validate-bundle.test.ts',
    },
    objects: listed,
    views: listed,
    flows: listed,
    permissions: listed,
    ...storedOnly('name', 'id', 'namespace', 'description', 'type', 'scope', 'createdAt'),
  },
} as const satisfies Record<string, MetadataKeys>;
