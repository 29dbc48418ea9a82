import type {
  TursoTokenScope as TokenScope,
  TursoDatabaseInfo,
  TursoDatabaseToken,
  TursoDatabaseUsage,
} from '../data/driver/turso-platform.zod.js';
import type { CallOptions } from './call-options.js';

/** Asks for a database. */
export interface CreateDatabaseRequest {
  /** Lower-case letters, digits and dashes. Never one that was used before. */
  name: string;
  /** Group, and with it the location, of the database. */
  group?: string;
  /** Copies another database. */
  seed?: { type: 'database'; name: string };
}

/**
 * Creates and deletes databases: Turso's Platform API, or the same on a local disk. Any method rejects with
 * `invalid_request` when the name is none that a database can have, and mutating ones with `aborted`.
 */
export interface ITursoPlatformService {
  /** Creates an empty database. Rejects with `database_exists`; a retry may find its own. */
  createDatabase(request: CreateDatabaseRequest, options?: CallOptions): Promise<TursoDatabaseInfo>;
  /** Deletes the database; one that does not exist is a success, so it is harmless to repeat. Locally the file is moved to quarantine. */
  deleteDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Deletes for good what `deleteDatabase` keeps aside. Harmless to repeat. */
  purgeDatabase(name: string, options?: CallOptions): Promise<void>;
  /** The databases, or those of one group. Changes nothing. */
  listDatabases(group?: string): Promise<TursoDatabaseInfo[]>;
  /** The database, or null. Changes nothing. */
  getDatabase(name: string): Promise<TursoDatabaseInfo | null>;
  /** Makes a further access token; those made before go on. Rejects with `database_not_found`. Locally `not_supported`. */
  createToken(name: string, scope: TokenScope, expiresInSeconds?: number): Promise<TursoDatabaseToken>;
  /**
   * Ends every token of the database, since no provider can end one alone; the result says so. Harmless to repeat.
   * Rejects with `database_not_found`. Locally `not_supported`.
   */
  revokeToken(name: string, options?: CallOptions): Promise<{ revoked: 'all_tokens_of_database' }>;
  /**
   * Blocks or allows reads and writes, and keeps the data. Harmless to repeat. Rejects with `database_not_found`.
   * Locally `not_supported`: the router refuses suspended tenants.
   */
  setDatabaseAccess(
    name: string,
    access: { blockReads: boolean; blockWrites: boolean },
    options?: CallOptions,
  ): Promise<void>;
  /** What the database has used. Changes nothing. Rejects with `database_not_found`. */
  getDatabaseUsage(name: string): Promise<TursoDatabaseUsage>;
}

/** A type of its own: handed on, it would bring the schema of the same name into the bundled declarations. */
type Scope = TokenScope;

/** What the methods answer with, and what a token allows. */
export type { Scope as TursoTokenScope, TursoDatabaseInfo };
