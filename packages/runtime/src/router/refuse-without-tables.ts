import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { lacksTables } from '../shared/lacks-tables.js';

const OURS: ReadonlySet<string> = new Set(Object.values(SYSTEM_OBJECTS).map(({ name }) => name));

/** Throws the error; as `database_invalid` where a tenant's database lost a table that every one of them has. */
export function refuseWithoutTables(error: unknown): never {
  if (!lacksTables(error, OURS)) throw error;
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The database of the tenant lacks a system table: it was changed outside of the runtime. Restore it from a backup.',
    details: { reason: 'tables_missing' },
  });
}
