import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { createTableSql } from './create-table-sql.js';
import { systemTable } from './table-of.js';

/** Version of the layout of the system tables. */
export const FORMAT_VERSION = 1;

/** Statements that create missing system tables. */
export const CREATE_SYSTEM_TABLES: readonly string[] = [
  ...Object.values(SYSTEM_OBJECTS).map((object) =>
    createTableSql(systemTable(object)).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'),
  ),
  // Every request checks the latest deployment.
  'CREATE INDEX IF NOT EXISTS _os_ix_deployment ON _os_deployment (sequence)',
  'CREATE INDEX IF NOT EXISTS _os_ix_seed_record ON _os_seed_record (object, record)',
];
