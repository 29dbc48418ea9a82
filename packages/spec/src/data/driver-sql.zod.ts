import * as z from 'zod';
import { FIELD_STORAGE } from './field-storage.js';

const Flag = z.boolean();
const Type = z.string().min(1);

const columnType = (what: string) => Type.describe(`Declared type of a column that holds ${what}.`);
const allowed = (what: string) => Flag.describe(`Whether ALTER TABLE ${what}.`);

export const SQLDialectSchema = z
  .enum(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'mariadb'])
  .describe('SQL dialect of a database.');
export type SQLDialect = z.infer<typeof SQLDialectSchema>;

export const DataTypeMappingSchema = z
  .object({
    text: columnType('text'),
    number: columnType('numbers'),
    boolean: columnType('true and false'),
    date: columnType('days'),
    datetime: columnType('instants'),
    time: columnType('times of day').optional(),
    json: columnType('JSON').optional(),
    uuid: columnType('ids').optional(),
    binary: columnType('bytes').optional(),
  })
  .describe('How a dialect declares the columns of each kind of value.');
export type DataTypeMapping = z.infer<typeof DataTypeMappingSchema>;

export const SQLiteAlterTableLimitationsSchema = z
  .object({
    supportsAddColumn: allowed('adds a column'),
    supportsDropColumn: allowed('drops a column that nothing else needs'),
    supportsRenameColumn: allowed('renames a column, also where only the case differs'),
    supportsRenameTable: allowed('renames a table'),
    supportsRenameTableCase: allowed('renames a table where only the case differs, in one step'),
    supportsModifyColumn: allowed('changes the type of a column'),
    supportsAddConstraint: allowed('adds a constraint'),
    addColumn: z
      .object({
        notNullWithoutDefault: allowed('adds a NOT NULL column without a default to a table with rows'),
        expressionDefault: allowed('adds a column with a default that is computed to a table with rows'),
        unique: allowed('adds a UNIQUE column'),
        primaryKey: allowed('adds a PRIMARY KEY column'),
        storedGenerated: allowed('adds a STORED generated column'),
        references: allowed('adds a column with a foreign key'),
        referencesWithDefault: allowed('adds a column with a foreign key and a default other than NULL'),
      })
      .describe('What a column may have when it is added.'),
    dropColumn: z
      .object({
        primaryKey: allowed('drops a column of the primary key'),
        unique: allowed('drops a UNIQUE column'),
        indexed: allowed('drops a column that an index uses'),
        ownCheck: allowed('drops a column with a CHECK of its own'),
        otherCheck: allowed('drops a column that a CHECK elsewhere in the table uses'),
        columnForeignKey: allowed('drops a column with a foreign key of its own'),
        tableForeignKey: allowed('drops a column of a foreign key of the table'),
        generated: allowed('drops a generated column'),
        usedByGenerated: allowed('drops a column that a generated one uses'),
        usedByView: allowed('drops a column that a view uses'),
      })
      .describe('What may be about a column when it is dropped.'),
    rebuildStrategy: z
      .enum(['copy_aside', 'create_copy_drop_rename'])
      .describe('How a table is rebuilt for everything else.'),
  })
  .describe('What ALTER TABLE can do, and so for what a table has to be rebuilt.');
export type SQLiteAlterTableLimitations = z.infer<typeof SQLiteAlterTableLimitationsSchema>;

/** Column types on SQLite. Those of fields come from the storage of the fields. */
export const SQLiteDataTypeMappingDefaults = {
  text: FIELD_STORAGE.text.column,
  number: FIELD_STORAGE.number.column,
  boolean: FIELD_STORAGE.boolean.column,
  date: FIELD_STORAGE.date.column,
  datetime: FIELD_STORAGE.datetime.column,
  time: FIELD_STORAGE.time.column,
  json: FIELD_STORAGE.json.column,
  uuid: FIELD_STORAGE.text.column,
  binary: 'BLOB',
} as const satisfies DataTypeMapping;

/** ALTER TABLE of SQLite 3.45 and libSQL, on a table that holds records. */
export const SQLiteAlterTableLimitations: SQLiteAlterTableLimitations = {
  supportsAddColumn: true,
  supportsDropColumn: true,
  supportsRenameColumn: true,
  supportsRenameTable: true,
  supportsRenameTableCase: false,
  supportsModifyColumn: false,
  supportsAddConstraint: false,
  addColumn: {
    notNullWithoutDefault: false,
    expressionDefault: false,
    unique: false,
    primaryKey: false,
    storedGenerated: false,
    references: true,
    referencesWithDefault: false,
  },
  dropColumn: {
    primaryKey: false,
    unique: false,
    indexed: false,
    ownCheck: true,
    otherCheck: false,
    columnForeignKey: true,
    tableForeignKey: false,
    generated: true,
    usedByGenerated: false,
    usedByView: false,
  },
  rebuildStrategy: 'copy_aside',
};
