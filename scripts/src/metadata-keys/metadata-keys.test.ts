import { readFileSync } from 'node:fs';
import {
  DeployManifestSchema,
  FieldSchema,
  FieldStorageOptionsSchema,
  FlowSchema,
  IndexSchema,
  ObjectDefinitionSchema,
  PermissionSetSchema,
  SeedDatasetSchema,
  SelectOptionSchema,
  ValidationRuleSchema,
  ViewSchema,
} from '@objectstack/spec';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { descriptionOf } from '../../../packages/spec/test/walk-schema.js';
import { packageSources } from '../package-sources.js';
import type { InterpretedKey, MetadataKeys } from './metadata-key.js';
import { METADATA_KEYS } from './metadata-keys.js';

const SCHEMAS: Record<keyof typeof METADATA_KEYS, readonly z.ZodObject[]> = {
  object: [ObjectDefinitionSchema],
  field: [FieldSchema],
  fieldStorage: [FieldStorageOptionsSchema],
  option: [SelectOptionSchema],
  index: [IndexSchema],
  validation: ValidationRuleSchema.options,
  view: [ViewSchema],
  flow: [FlowSchema],
  permission: [PermissionSetSchema],
  seed: [SeedDatasetSchema],
  manifest: [DeployManifestSchema],
};
const STORED_ONLY = 'Stored, not interpreted.';
const PACKAGES = new URL('../../../packages/', import.meta.url);

const kinds: [keyof typeof SCHEMAS, MetadataKeys][] = Object.entries(METADATA_KEYS) as never;
const keys = kinds.flatMap(([kind, table]) =>
  Object.entries(table).map(([key, entry]) => ({ kind, key, entry })),
);
const interpreted = keys.flatMap(({ entry, ...at }) =>
  entry === 'stored_only' ? [] : [{ ...at, ...entry }],
);
const textOf = (path: string) => readFileSync(new URL(path, PACKAGES), 'utf8');
const mentions = (text: string, key: string) => new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(text);

/** Code outside of the spec package, without comments. The bundle validator and diagrams may read stored-only keys. */
const production = packageSources()
  .filter((path) => /^(?!spec\/)[\w-]+\/src\/(?!bundle\/|diagram\/)/.test(path))
  .map((path) => ({ path, text: textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') }));

/** A key of one word, or a column of a system table: finding it in code proves nothing about metadata. */
const saysNothing = (key: string) => !/[A-Z]/.test(key) || key === 'createdAt';

describe('METADATA_KEYS', () => {
  it.each(kinds)('lists exactly the keys of the schema of %s', (kind, table) => {
    const known = new Set(SCHEMAS[kind].flatMap((schema) => Object.keys(schema.shape)));
    expect(Object.keys(table).sort()).toEqual([...known].sort());
  });

  it.each(keys)('classifies $key of $kind as its description does', ({ kind, key, entry }) => {
    const described = SCHEMAS[kind].flatMap(({ shape }) => (shape[key] ? [descriptionOf(shape[key])] : []));
    const isStoredOnly = described.every((text) => text?.endsWith(STORED_ONLY));
    expect(isStoredOnly).toBe(entry === 'stored_only');
  });

  it.each(keys.filter(({ entry }) => entry === 'stored_only'))(
    'accepts any value of $key of $kind, or none',
    ({ kind, key }) => {
      const schemas = SCHEMAS[kind].flatMap(({ shape }) => shape[key] ?? []);
      expect(schemas.length).toBeGreaterThan(0);
      for (const schema of schemas)
        for (const value of [undefined, null, '', 1, [{}], { a: { b: 1 } }])
          expect(schema.parse(value)).toBe(value);
    },
  );

  it.each(interpreted)(
    'names a file that reads $key of $kind, and a test of it',
    ({ key, does, reader, test }: InterpretedKey & { key: string }) => {
      expect(does).toMatch(/^[A-Z].*\.$/);
      expect([reader, test].filter((path) => !mentions(textOf(path), key))).toEqual([]);
      expect(test).toMatch(/\.test\.ts$/);
    },
  );

  it('classifies no key as stored only that some code reads', () => {
    const read = new Set(interpreted.map(({ key }) => key));
    const onlyCarried = new Set(
      keys.map(({ key }) => key).filter((key) => !read.has(key) && !saysNothing(key)),
    );
    const found = production.flatMap(({ path, text }) =>
      [...onlyCarried].filter((key) => mentions(text, key)).map((key) => `${key} in ${path}`),
    );
    expect(onlyCarried.size).toBeGreaterThan(40);
    expect(found).toEqual([]);
  });
});
