import type { ServerDatabase } from '../system/server-database.zod.js';

/**
 * Records of the databases on libSQL servers: which server stores each database, and the encrypted key that signs its
 * access tokens. A registry can implement it. Acknowledged writes survive a crash. Any method may reject with
 * `database_busy`, and with `database_invalid` if a record cannot be parsed.
 */
export interface IServerDatabaseStore {
  /** Adds the record in one atomic operation. Returns false if the name exists, without a change. */
  add(record: ServerDatabase): Promise<boolean>;
  /** Returns the record, or null. */
  get(name: string): Promise<ServerDatabase | null>;
  /** Returns all records, sorted by name. */
  list(): Promise<ServerDatabase[]>;
  /** Returns the number of records by the id of the server; a server without databases may be absent. */
  countByServer(): Promise<Readonly<Record<string, number>>>;
  /**
   * Replaces the record of the same name in one atomic compare-and-set operation: only if the stored revision equals
   * `revision`. Returns whether it was replaced.
   */
  replace(record: ServerDatabase, revision: number): Promise<boolean>;
  /** Removes the record, only if its revision equals `revision`. Returns whether it was removed. */
  remove(name: string, revision: number): Promise<boolean>;
}

export type { ServerDatabase };
