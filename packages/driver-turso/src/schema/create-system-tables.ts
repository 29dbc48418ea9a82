import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { createTableSql } from './create-table-sql.js';
import { systemTable } from './table-of.js';

/** Version of the layout of the system tables. */
export const FORMAT_VERSION = 1;

const INDEXED = {
  // Every request checks the latest deployment.
  _os_ix_deployment: '_os_deployment (sequence)',
  _os_ix_seed_record: '_os_seed_record (object, record)',
};

export const SYSTEM_TABLES: readonly string[] = Object.values(SYSTEM_OBJECTS).map(({ name }) => name);
export const SYSTEM_INDEXES: readonly string[] = Object.keys(INDEXED);

/** Statements that create missing system tables. */
export const CREATE_SYSTEM_TABLES: readonly string[] = [
  ...Object.values(SYSTEM_OBJECTS).map((object) =>
    createTableSql(systemTable(object)).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'),
  ),
  ...Object.entries(INDEXED).map(([name, columns]) => `CREATE INDEX IF NOT EXISTS ${name} ON ${columns}`),
];
