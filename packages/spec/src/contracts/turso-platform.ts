import type {
  TursoTokenScope as TokenScope,
  TursoDatabaseInfo,
  TursoDatabaseToken,
  TursoDatabaseUsage,
} from '../data/driver/turso-platform.zod.js';
import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type { CallOptions } from './call-options.js';

/** Request to create a database. */
export interface CreateDatabaseRequest {
  /** Name of the database: lowercase letters, digits and hyphens. Must never have been used before. */
  name: string;
  /**
   * Name of the database group, which determines the location of the database. Defaults to the group that is configured
   * for the platform.
   */
  group?: string;
  /** Database to copy. If omitted, the new database is empty. */
  seed?: {
    /** Kind of source. */
    type: 'database';
    /** Name of the database to copy. */
    name: string;
    /**
     * Timestamp of the state to copy, in ISO 8601 and UTC: the new database contains every write that was committed at
     * least `supports.pointInTimeGapMs` before it, and none that was committed after it. Defaults to the latest
     * committed state.
     */
    timestamp?: string;
  };
  /** Maximum size of the database in bytes, a positive integer. Defaults to the limit of the provider. */
  sizeLimitBytes?: number;
  /**
   * Region in which the database is created. Ignored by a platform with only one region. If omitted, the platform
   * chooses one.
   */
  region?: TenantRegion;
  /**
   * Server on which an empty database is created, one of those that `listPlacements` returns. If omitted, the platform
   * chooses one. Ignored by a platform without `listPlacements`, and for a copy, which is stored with its original.
   */
  placement?: string;
  /**
   * Data plane on which an empty database is created, one of the `dataPlanes` of a data plane that joins several.
   * Defaults to the first one. Ignored by any other platform, and for a copy.
   */
  dataPlane?: string;
  /**
   * Identifier of the tenant that the database is created for. A platform that writes database files itself stores it in
   * the new database as its owner (marker) before the database appears; in a copy of a template, it replaces the name of the
   * template. Any other platform ignores it. Call `claimDatabase` afterwards in any case: it stores the id unless the
   * platform did.
   */
  tenantId?: string;
}

/**
 * Features that not every platform has. A call that needs an undeclared one rejects with `not_supported` and has no
 * effect.
 */
export interface TursoPlatformCapabilities {
  /** Whether databases have access tokens: `createToken`, `revokeToken`. */
  readonly tokens: boolean;
  /** Whether reads and writes can be blocked: `setDatabaseAccess`. */
  readonly access: boolean;
  /** Whether a database can be created as a copy of another: `seed` of `createDatabase`. */
  readonly seed: boolean;
  /** Whether the size of a database can be limited: `sizeLimitBytes` of `createDatabase`, `setSizeLimit`. */
  readonly sizeLimit: boolean;
  /** Whether databases belong to groups, which `listDatabases` can select by. Otherwise groups are ignored. */
  readonly groups: boolean;
  /**
   * Whether `deleteDatabase` retains the data until `purgeDatabase`, and the name cannot be used until then. Otherwise
   * `deleteDatabase` is final.
   */
  readonly retention: boolean;
  /**
   * Time before the `timestamp` of a `seed` from which committed writes may be missing in the new database, in
   * milliseconds; null if the platform cannot copy an earlier state of a database.
   */
  readonly pointInTimeGapMs: number | null;
}

/**
 * Creates, configures and deletes databases: on Turso Cloud, on libSQL servers or on a local disk. Any method rejects
 * with `invalid_request` if the name is not a valid database name, mutating ones with `aborted`, and those of a remote
 * platform with `platform_unavailable`, `request_timeout`, `unauthorized` or `platform_refused`.
 */
export interface ITursoPlatformService {
  /** Features of this platform. Never changes. */
  readonly supports: TursoPlatformCapabilities;
  /**
   * Creates an empty database, or a copy of a committed state of another one. Rejects with `database_exists`
   * if the name is in use; a call whose request succeeded, but whose response was lost, returns the database that it
   * created. Rejects with `database_not_found` if the database to copy does not exist, with `not_supported` if the
   * platform cannot copy databases, copy an earlier state or limit their size, with `point_in_time_unavailable` if the
   * platform does not have the state of the timestamp, and with `configuration_invalid` if the group does not exist. A
   * database of a remote platform may answer only some seconds later.
   */
  createDatabase(request: CreateDatabaseRequest, options?: CallOptions): Promise<TursoDatabaseInfo>;
  /**
   * Deletes the database: its data is retained until `purgeDatabase` if `supports.retention`, otherwise it is deleted
   * permanently. Succeeds if it does not exist, so the call is idempotent. Rejects with `database_blocked` if the
   * provider protects the database from deletion.
   */
  deleteDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Permanently deletes the data that `deleteDatabase` retained; any other database is unchanged. Idempotent. */
  purgeDatabase(name: string, options?: CallOptions): Promise<void>;
  /** Returns all databases, or those of one group, sorted by name. Changes nothing. */
  listDatabases(group?: string): Promise<TursoDatabaseInfo[]>;
  /** Returns the database, or null. Changes nothing. */
  getDatabase(name: string): Promise<TursoDatabaseInfo | null>;
  /**
   * Creates an additional access token for this database only; existing tokens remain valid. Without
   * `expiresInSeconds`, a positive integer, the token does not expire. Rejects with `database_not_found`. For a local
   * database: `not_supported`.
   */
  createToken(name: string, scope: TokenScope, expiresInSeconds?: number): Promise<TursoDatabaseToken>;
  /**
   * Revokes all access tokens of the database, because providers cannot revoke a single one; the result indicates this.
   * The database may refuse new tokens for some seconds. Idempotent. Rejects with `database_not_found`. For a local
   * database: `not_supported`.
   */
  revokeToken(name: string, options?: CallOptions): Promise<{ revoked: 'all_tokens_of_database' }>;
  /**
   * Blocks or permits reads and writes; the data is retained. A blocked call in any process rejects with
   * `database_blocked`; transactions that are open already are not interrupted. Idempotent. Rejects with
   * `database_not_found`.
   */
  setDatabaseAccess(
    name: string,
    access: { blockReads: boolean; blockWrites: boolean },
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Limits the size of the database, in bytes without its write-ahead log; a write that would exceed it rejects with
   * `database_full`. Idempotent. Rejects with `database_not_found`, and with `invalid_request` unless the limit is a
   * positive integer. A limit below the current size only prevents growth.
   */
  setSizeLimit(name: string, sizeLimitBytes: number, options?: CallOptions): Promise<void>;
  /**
   * Returns the servers among which new databases are distributed, those of one region if it is given, the one that
   * stores the fewest databases first. A copy is stored on the server of its original, so that only a process with an
   * original on each server distributes copies. Absent if the platform itself decides where a copy is stored. Changes
   * nothing.
   */
  listPlacements?(region?: TenantRegion): Promise<readonly string[]>;
  /** Returns the resource usage of the database. Changes nothing. Rejects with `database_not_found`. */
  getDatabaseUsage(name: string): Promise<TursoDatabaseUsage>;
}

/** A separate type, because re-exporting the type itself would include its schema in the bundled declarations. */
type Scope = TokenScope;

/** Types of the results of the methods, and of the scope of a token. */
export type { Scope as TursoTokenScope, TursoDatabaseInfo };
