import { ObjectStackError } from '../shared/object-stack-error.js';
import { type ServerDatabase, ServerDatabaseSchema } from './server-database.zod.js';

/** The record of a database on a libSQL server that a store keeps as JSON. Throws `database_invalid` with the name of the table. */
export function parseServerDatabase(text: string, table: string): ServerDatabase {
  try {
    return ServerDatabaseSchema.parse(JSON.parse(text));
  } catch {
    throw new ObjectStackError({
      code: 'database_invalid',
      message:
        'A record of a database on a libSQL server cannot be parsed. Restore the store of the libSQL servers from a backup.',
      details: { table },
    });
  }
}
