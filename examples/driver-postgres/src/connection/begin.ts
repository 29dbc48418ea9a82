import { readSchema, type Schema } from '../schema/schema.js';
import type { Connection } from './connection.js';

/**
 * What a transaction of PostgreSQL is for. `read`: all statements read the same state; `write`: each statement reads what
 * is committed when it starts; `deploy`: waits until no other transaction uses the metadata.
 */
export type Purpose = 'read' | 'write' | 'deploy';

const LEVELS: Readonly<Record<Purpose, string>> = {
  read: 'REPEATABLE READ READ ONLY',
  write: 'READ COMMITTED',
  deploy: 'READ COMMITTED',
};

/** Formats of dates and numbers in results, whatever the settings of the database and of the role are. */
const SETTINGS = [
  "SET LOCAL timezone = 'UTC'",
  "SET LOCAL datestyle = 'ISO'",
  'SET LOCAL extra_float_digits = 1',
  'SET LOCAL standard_conforming_strings = on',
];

/**
 * Begins a transaction and returns the metadata in which it runs. A deployment locks the table of the metadata exclusively
 * and every other transaction locks it in shared mode, so that no metadata changes while a transaction uses it. LOCK
 * is the first statement, because the first query determines the state that a transaction reads.
 */
export async function begin(connection: Connection, purpose: Purpose, cached: Schema): Promise<Schema> {
  const { rows } = await connection.script(
    [
      `BEGIN ISOLATION LEVEL ${LEVELS[purpose]}`,
      ...SETTINGS,
      `LOCK TABLE "_os_object" IN ${purpose === 'deploy' ? 'ACCESS EXCLUSIVE' : 'ACCESS SHARE'} MODE`,
      'SELECT coalesce(max("version"), 0)::int AS "version" FROM "_os_object"',
    ].join('; '),
  );
  const version = Number(rows[0]?.version);
  const schema = version === cached.version ? cached : await readSchema(connection, version);
  connection.constraints = schema.constraints;
  return schema;
}
