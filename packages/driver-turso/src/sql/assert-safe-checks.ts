import type { SqlDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SAFE_FUNCTIONS, TYPE_NAMES } from './sql-allow-list.js';
import { foldCase, tokenize, unquoted } from './tokenize.js';
import { visitNames } from './visit-names.js';

const CHECKED_TABLES = `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%check%'`;

/** The first function of a statement that is not on the list of safe functions. */
function unsafeFunctionIn(sql: string): string | undefined {
  let found: string | undefined;
  visitNames(tokenize(sql), ({ role, token }) => {
    const name = foldCase(unquoted(token));
    if (role === 'function' && !SAFE_FUNCTIONS.has(name) && !TYPE_NAMES.has(name)) found ??= name;
  });
  return found;
}

/**
 * Throws `database_invalid` if a CHECK constraint stored in the database calls a function that is not on the list of
 * safe functions: the author of the file could access other files with the next write. SQLite itself rejects such
 * functions in views, triggers, defaults, indexes and generated columns.
 */
export async function assertSafeChecks(database: Pick<SqlDatabase, 'execute'>): Promise<void> {
  const { rows } = await database.execute({ sql: CHECKED_TABLES });
  for (const { name, sql } of rows) {
    const unsafe = unsafeFunctionIn(String(sql));
    if (unsafe === undefined) continue;
    throw new ObjectStackError({
      code: 'database_invalid',
      message: `A CHECK constraint of the table ${name} calls ${unsafe}, which is not on the list of safe functions. Remove the constraint, or restore the database from a backup.`,
      details: { table: String(name), name: unsafe },
    });
  }
}
