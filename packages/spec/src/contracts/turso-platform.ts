import type {
  TursoTokenScope as TokenScope,
  TursoDatabaseInfo,
  TursoDatabaseToken,
  TursoDatabaseUsage,
} from '../data/driver/turso-platform.zod.js';
import type { CallOptions } from './call-options.js';

/** Request to create a database. */
export interface CreateDatabaseRequest {
  /** Name of the database: lowercase letters, digits and hyphens. Must never have been used before. */
  name: string;
  /** Name of the group of the database, which determines its location. */
  group?: string;
  /** Database to copy. If absent, the new database is empty. */
  seed?: {
    /** Kind of source. */
    type: 'database';
    /** Name of the database to copy. */
    name: string;
  };
}

/**
 * Creates and deletes databases, on Turso Cloud or on a local disk. Any method rejects with `invalid_request` if the
 * name is not a valid database name, and mutating ones with `aborted`.
 */
export interface ITursoPlatformService {
  /**
   * Creates an empty database. Rejects with `database_exists`; after a retry, this may be the database of the first
   * attempt.
   */
  createDatabase(request: CreateDatabaseRequest, options?: CallOptions): Promise<TursoDatabaseInfo>;
  /**
   * Deletes the database. Succeeds if it does not exist, so the call is idempotent. A local file is moved to
   * quarantine.
   */
  deleteDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Permanently deletes the data that `deleteDatabase` retained. Idempotent. */
  purgeDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Returns all databases, or those of one group. Changes nothing. */
  listDatabases(group?: string): Promise<TursoDatabaseInfo[]>;
  /** Returns the database, or null. Changes nothing. */
  getDatabase(name: string): Promise<TursoDatabaseInfo | null>;
  /**
   * Creates an additional access token; existing tokens remain valid. Rejects with `database_not_found`. For a local
   * database: `not_supported`.
   */
  createToken(name: string, scope: TokenScope, expiresInSeconds?: number): Promise<TursoDatabaseToken>;
  /**
   * Revokes all access tokens of the database, because providers cannot revoke a single one; the result indicates this.
   * Idempotent. Rejects with `database_not_found`. For a local database: `not_supported`.
   */
  revokeToken(name: string, options?: CallOptions): Promise<{ revoked: 'all_tokens_of_database' }>;
  /**
   * Blocks or permits reads and writes; the data is retained. Idempotent. Rejects with `database_not_found`. For a
   * local database: `not_supported`, since the router refuses access to suspended tenants.
   */
  setDatabaseAccess(
    name: string,
    access: { blockReads: boolean; blockWrites: boolean },
    options?: CallOptions,
  ): Promise<void>;
  /** Returns the resource usage of the database. Changes nothing. Rejects with `database_not_found`. */
  getDatabaseUsage(name: string): Promise<TursoDatabaseUsage>;
}

/** A separate type, because re-exporting the type itself would include its schema in the bundled declarations. */
type Scope = TokenScope;

/** Types of the results of the methods, and of the scope of a token. */
export type { Scope as TursoTokenScope, TursoDatabaseInfo };
