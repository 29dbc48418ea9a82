import { type Kysely, PostgresAdapter } from 'kysely';
import type { RegistryTables } from './registry-tables.js';

/** Whether the registry is on PostgreSQL. Otherwise it is on SQLite, where one transaction writes at a time. */
export function isPostgres(db: Kysely<RegistryTables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * A transaction whose statements each see what was committed before them, whatever the server's default is: they check
 * rows after waiting for a lock.
 */
export const readCommitted = (db: Kysely<RegistryTables>) =>
  isPostgres(db) ? db.transaction().setIsolationLevel('read committed') : db.transaction();

/**
 * Runs one statement that writes. In PostgreSQL, a server whose default is stricter would reject it if another process
 * changed the row meanwhile; SQLite has one writer at a time.
 */
export const writing = <Result>(
  db: Kysely<RegistryTables>,
  write: (db: Kysely<RegistryTables>) => Promise<Result>,
): Promise<Result> => (isPostgres(db) ? readCommitted(db).execute(write) : write(db));

/** Locks the selected row until the end of the transaction. */
export const lockedRow = <Query extends { forUpdate(): Query }>(
  db: Kysely<RegistryTables>,
  query: Query,
): Query => (isPostgres(db) ? query.forUpdate() : query);
