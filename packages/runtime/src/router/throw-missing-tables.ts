import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { lacksTables } from '../shared/lacks-tables.js';

const SYSTEM_TABLES: ReadonlySet<string> = new Set(Object.values(SYSTEM_OBJECTS).map(({ name }) => name));

/** Rethrows an error, as `database_invalid` if a system table of a tenant's database is missing. */
export function throwMissingTables(error: unknown): never {
  if (!lacksTables(error, SYSTEM_TABLES)) throw error;
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The database of the tenant lacks a system table: it was changed outside of the runtime. Restore it from a backup.',
    details: { reason: 'tables_missing' },
  });
}
