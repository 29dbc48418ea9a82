import * as z from 'zod';
import { FIELD_STORAGE } from './field-storage.js';

const Flag = z.boolean();
const Type = z.string().min(1);

const columnType = (what: string) => Type.describe(`Declared SQL type of a column that stores ${what}.`);
const allowed = (what: string) => Flag.describe(`Whether ALTER TABLE can ${what}.`);

export const SQLDialectSchema = z
  .enum(['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle', 'mariadb'])
  .describe('SQL dialect of a database.');
export type SQLDialect = z.infer<typeof SQLDialectSchema>;

export const DataTypeMappingSchema = z
  .object({
    text: columnType('text'),
    number: columnType('numbers'),
    boolean: columnType('boolean values'),
    date: columnType('dates (calendar days)'),
    datetime: columnType('timestamps'),
    time: columnType('times of day').optional(),
    json: columnType('JSON values').optional(),
    uuid: columnType('UUIDs').optional(),
    binary: columnType('binary data').optional(),
  })
  .describe('Declared SQL column type for each kind of value, for one dialect.');
export type DataTypeMapping = z.infer<typeof DataTypeMappingSchema>;

export const SQLiteAlterTableLimitationsSchema = z
  .object({
    supportsAddColumn: allowed('add a column'),
    supportsDropColumn: allowed('drop a column that no other object depends on'),
    supportsRenameColumn: allowed('rename a column, including renames that change only letter case'),
    supportsRenameTable: allowed('rename a table'),
    supportsRenameTableCase: allowed('rename a table in one step if only the case changes'),
    supportsModifyColumn: allowed('change the type of a column'),
    supportsAddConstraint: allowed('add a constraint'),
    addColumn: z
      .object({
        notNullWithoutDefault: allowed('add a NOT NULL column without a default to a table that has rows'),
        expressionDefault: allowed('add a column with a computed default to a table that has rows'),
        unique: allowed('add a UNIQUE column'),
        primaryKey: allowed('add a PRIMARY KEY column'),
        storedGenerated: allowed('add a STORED generated column'),
        references: allowed('add a column with a foreign key'),
        referencesWithDefault: allowed('add a column with a foreign key and a default other than NULL'),
      })
      .describe('Which columns ALTER TABLE can add.'),
    dropColumn: z
      .object({
        primaryKey: allowed('drop a column of the primary key'),
        unique: allowed('drop a UNIQUE column'),
        indexed: allowed('drop an indexed column'),
        ownCheck: allowed('drop a column that has a CHECK constraint'),
        otherCheck: allowed('drop a column that a CHECK constraint of the table or of another column uses'),
        columnForeignKey: allowed('drop a column that is declared with a foreign key'),
        tableForeignKey: allowed('drop a column of a foreign key that is declared as a table constraint'),
        generated: allowed('drop a generated column'),
        usedByGenerated: allowed('drop a column that a generated column uses'),
        usedByView: allowed('drop a column that a view uses'),
      })
      .describe('Which columns ALTER TABLE can drop.'),
    rebuildStrategy: z
      .enum(['copy_aside', 'create_copy_drop_rename'])
      .describe(
        'How a table is rebuilt for changes that ALTER TABLE does not support. copy_aside: copy the rows into a temporary table, recreate the original table and copy the rows back; create_copy_drop_rename: create a new table, copy the rows, drop the original and rename the new one.',
      ),
  })
  .describe('Which schema changes ALTER TABLE supports; a table is rebuilt for all others.');
export type SQLiteAlterTableLimitations = z.infer<typeof SQLiteAlterTableLimitationsSchema>;

/** Column types of SQLite. Field columns use the same types (`FIELD_STORAGE`). */
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

/** What ALTER TABLE supports in SQLite 3.45 and libSQL on a table that has rows. */
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
