import type { TursoDatabaseInfo, TursoTokenScope } from '../data/driver/turso-platform.zod.js';
import type { CallOptions } from './call-options.js';

export interface CreateDatabaseRequest {
  /** Lower-case letters, digits and dashes. Never one that was used before. */
  name: string;
  /** Group, and with it the location, of the database. */
  group?: string;
  /** Copies another database. */
  seed?: { type: 'database'; name: string };
}

export interface TursoDatabaseUsage {
  /** Null where the provider does not count them. */
  rowsRead: number | null;
  /** Null where the provider does not count them. */
  rowsWritten: number | null;
  storageBytes: number;
}

/** Creates and deletes databases: Turso's Platform API, or the same on a local disk. */
export interface ITursoPlatformService {
  /** Creates an empty database. Rejects with `database_exists`; a retry may find its own. */
  createDatabase(request: CreateDatabaseRequest, options?: CallOptions): Promise<TursoDatabaseInfo>;
  /** Deletes the database; one that does not exist is a success. Locally the file is moved to quarantine. */
  deleteDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Deletes for good what `deleteDatabase` keeps aside. Harmless to repeat. */
  purgeDatabase(name: string, options?: CallOptions): Promise<void>;
  listDatabases(group?: string): Promise<TursoDatabaseInfo[]>;
  /** The database, or null. */
  getDatabase(name: string): Promise<TursoDatabaseInfo | null>;
  /** Makes an access token. Locally `not_supported`. */
  createToken(
    name: string,
    scope: TursoTokenScope,
    expiresInSeconds?: number,
  ): Promise<{ jwt: string; expiresAt?: string }>;
  /** Ends every token of the database. Locally `not_supported`. */
  revokeToken(name: string, options?: CallOptions): Promise<{ revoked: 'all_tokens_of_database' }>;
  /** Blocks or allows reads and writes. Locally `not_supported`: the router refuses suspended tenants. */
  setDatabaseAccess(
    name: string,
    access: { blockReads: boolean; blockWrites: boolean },
    options?: CallOptions,
  ): Promise<void>;
  /** Rejects with `database_not_found`. */
  getDatabaseUsage(name: string): Promise<TursoDatabaseUsage>;
}
