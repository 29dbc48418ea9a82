import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  DataTypeMappingSchema,
  SQLDialectSchema,
  SQLiteAlterTableLimitations,
  SQLiteAlterTableLimitationsSchema,
  SQLiteDataTypeMappingDefaults,
} from './driver-sql.zod.js';
import { FIELD_STORAGE } from './field-storage.js';

describe('SQLDialectSchema', () => {
  it('has sqlite and the other dialects', () => {
    expect(SQLDialectSchema.options).toEqual(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'mariadb']);
  });

  it('rejects a different spelling', () => {
    expect(SQLDialectSchema.safeParse('postgres').success).toBe(false);
  });
});

describe('DataTypeMappingSchema', () => {
  const needed = {
    text: 'text',
    number: 'numeric',
    boolean: 'boolean',
    date: 'date',
    datetime: 'timestamptz',
  };

  it.each([needed, { ...needed, time: 'time', json: 'jsonb', uuid: 'uuid', binary: 'bytea' }])(
    'accepts %j',
    (mapping) => {
      expect(DataTypeMappingSchema.parse(mapping)).toEqual(mapping);
    },
  );

  it.each(['text', 'number', 'boolean', 'date', 'datetime'])('requires a type for %s', (kind) => {
    expect(issuePaths(DataTypeMappingSchema, { ...needed, [kind]: '' })).toEqual([kind]);
    expect(issuePaths(DataTypeMappingSchema, { ...needed, [kind]: undefined })).toEqual([kind]);
  });
});

describe('SQLiteDataTypeMappingDefaults', () => {
  it('has a type for every kind of value', () => {
    expect(DataTypeMappingSchema.parse(SQLiteDataTypeMappingDefaults)).toEqual({
      text: 'TEXT',
      number: 'REAL',
      boolean: 'INTEGER',
      date: 'TEXT',
      datetime: 'TEXT',
      time: 'TEXT',
      json: 'TEXT',
      uuid: 'TEXT',
      binary: 'BLOB',
    });
    expect(Object.keys(SQLiteDataTypeMappingDefaults)).toEqual(Object.keys(DataTypeMappingSchema.shape));
  });

  it.each(Object.entries(FIELD_STORAGE))('matches the storage of %s', (_type, { column, encoding }) => {
    if (encoding === 'computed') expect(column).toBeNull();
    else expect(column).toBe(SQLiteDataTypeMappingDefaults[encoding]);
  });
});

describe('SQLiteAlterTableLimitations', () => {
  it('has a value for every property', () => {
    expect(SQLiteAlterTableLimitationsSchema.parse(SQLiteAlterTableLimitations)).toEqual(
      SQLiteAlterTableLimitations,
    );
  });

  it.each([
    ['supportsModifyColumn', { supportsModifyColumn: undefined }],
    ['addColumn.unique', { addColumn: { ...SQLiteAlterTableLimitations.addColumn, unique: 'no' } }],
    ['rebuildStrategy', { rebuildStrategy: 'hope' }],
  ])('rejects an invalid %s', (path, change) => {
    const limitations = { ...SQLiteAlterTableLimitations, ...change };
    expect(issuePaths(SQLiteAlterTableLimitationsSchema, limitations)).toEqual([path]);
  });
});
