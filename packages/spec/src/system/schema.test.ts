import { describe, expect, it } from 'vitest';
import { column } from '../../test/fixtures/sample-table.js';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH } from '../../test/samples.js';
import {
  ComponentKindEnum,
  ComponentSchema,
  CurrentSchemaSchema,
  MigrationResultSchema,
  NamedSqlSchema,
  ReferentialActionEnum,
  TableColumnSchema,
  TableForeignKeySchema,
  TableIndexSchema,
  TableSchema,
} from './schema.zod.js';

const foreignKey = {
  columns: ['parent'],
  table: 'account',
  references: ['id'],
  onDelete: 'SET NULL',
  onUpdate: 'NO ACTION',
};
const index = {
  name: 'account_name',
  unique: false,
  columns: [
    { name: 'name', collation: 'NOCASE', descending: false },
    { name: null, collation: 'BINARY', descending: true },
  ],
  where: '"name" IS NOT NULL',
  sql: 'CREATE INDEX …',
};
const table = {
  name: 'account',
  columns: [column],
  foreignKeys: [foreignKey],
  indexes: [index],
  triggers: [{ name: 't', sql: 'CREATE TRIGGER …' }],
  sql: null,
};
const current = {
  dialect: 'sqlite',
  tables: [table],
  views: [{ name: 'v', sql: 'CREATE VIEW …', triggers: [{ name: 't', sql: 'CREATE TRIGGER …' }] }],
  objects: [{ owner: 'tenant', definition: { name: 'account', fields: {} } }],
  components: [{ owner: 'tenant', kind: 'view', name: 'accounts', definition: { name: 'accounts' } }],
  deploymentId: 'd1',
  planHash: HASH,
  schemaVersion: 7,
  schemaHash: HASH,
};

describe('CurrentSchemaSchema', () => {
  it.each([
    current,
    { ...current, tables: [], views: [], objects: [], components: [], deploymentId: null, planHash: null },
  ])('accepts deployment $deploymentId', (schema) => {
    expect(CurrentSchemaSchema.parse(schema)).toEqual(schema);
  });

  it.each([
    ['dialect', { dialect: 'libsql' }],
    ['objects.0.owner', { objects: [{ owner: '', definition: { name: 'a', fields: {} } }] }],
    ['objects.0.definition.fields', { objects: [{ owner: 'tenant', definition: { name: 'a' } }] }],
    ['components.0.kind', { components: [{ ...current.components[0], kind: 'report' }] }],
    ['planHash', { planHash: undefined }],
    ['schemaVersion', { schemaVersion: -1 }],
    ['schemaHash', { schemaHash: 'abc' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(CurrentSchemaSchema, { ...current, ...change })).toEqual([path]);
  });
});

describe.each([
  ['TableSchema', TableSchema, table, ['columns', { columns: undefined }]],
  ['TableColumnSchema', TableColumnSchema, column, ['primaryKey', { primaryKey: -1 }]],
  ['TableForeignKeySchema', TableForeignKeySchema, foreignKey, ['columns', { columns: [] }]],
  ['TableForeignKeySchema', TableForeignKeySchema, foreignKey, ['references', { references: [] }]],
  ['TableForeignKeySchema', TableForeignKeySchema, foreignKey, ['onDelete', { onDelete: 'set_null' }]],
  ['TableIndexSchema', TableIndexSchema, index, ['columns', { columns: [] }]],
  ['TableIndexSchema', TableIndexSchema, index, ['where', { where: undefined }]],
  ['NamedSqlSchema', NamedSqlSchema, table.triggers[0], ['sql', { sql: undefined }]],
  [
    'ComponentSchema',
    ComponentSchema,
    { kind: 'flow', name: 'f', definition: {} },
    ['name', { name: 'My flow' }],
  ],
] as const)('%s', (_, schema, value, [path, change]) => {
  it('accepts a schema that was read', () => {
    expect(schema.parse(value)).toEqual(value);
  });

  it(`rejects an invalid ${path}`, () => {
    expect(issuePaths(schema, { ...value, ...change })).toEqual([path]);
  });
});

describe('ReferentialActionEnum', () => {
  it('has the actions of SQL', () => {
    expect(ReferentialActionEnum.options).toEqual([
      'NO ACTION',
      'RESTRICT',
      'SET NULL',
      'SET DEFAULT',
      'CASCADE',
    ]);
  });
});

describe('ComponentKindEnum', () => {
  it('has the metadata without a table', () => {
    expect(ComponentKindEnum.options).toEqual(['view', 'flow', 'permission']);
  });
});

describe('MigrationResultSchema', () => {
  const result = { outcome: 'applied', deploymentId: 'd1', statementsExecuted: 3, durationMs: 0.5 };

  it.each([result, { ...result, outcome: 'already_applied', statementsExecuted: 0 }])(
    'accepts $outcome',
    (value) => {
      expect(MigrationResultSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['outcome', { outcome: 'failed' }],
    ['deploymentId', { deploymentId: '' }],
    ['statementsExecuted', { statementsExecuted: -1 }],
    ['durationMs', { durationMs: -1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(MigrationResultSchema, { ...result, ...change })).toEqual([path]);
  });
});
