import type { SQLDialect } from '../data/driver-sql.zod.js';
import type { DatabaseProvider, TenantConnectionConfig } from '../system/tenant.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { ISchemaDiffService } from './schema-diff-service.js';
import type { SqlDatabase } from './sql-database.js';
import type { ITursoPlatformService } from './turso-platform.js';

/** Marker row of a database: identifies the tenant that the database belongs to. */
export interface TenantMarker {
  /** Unique identifier of the tenant. */
  readonly tenantId: string;
  /** Timestamp at which the database was claimed. */
  readonly createdAt: string;
}

/**
 * Where the tenants' databases are stored, and how they are accessed and migrated: everything that a runtime needs to
 * know about them.
 */
export interface DataPlane {
  readonly databaseProvider: DatabaseProvider;
  readonly dialect: SQLDialect;
  readonly platform: ITursoPlatformService;
  readonly schemaDiff: ISchemaDiffService;
  /**
   * Creates a driver for one tenant's database. Does not open the database; `connect` does, and rejects with
   * `database_invalid` if the database does not contain the marker of the connection's `tenantId`.
   */
  createDriver(connection: TenantConnectionConfig): IDataDriver;
  /**
   * Creates the system tables and the tenant's marker row in an empty database, in one transaction. Idempotent. Rejects
   * with `database_collision` if the database has another tenant's marker, or contains data but no system tables.
   */
  claimDatabase(connection: TenantConnectionConfig, tenantId: string): Promise<void>;
  /**
   * Returns the marker of a database, or null if it was never claimed. Changes nothing. Rejects with
   * `database_not_found`, and with `database_invalid` if the file is not a database.
   */
  readTenantMarker(connection: TenantConnectionConfig): Promise<TenantMarker | null>;
  /** Closes every connection. Idempotent. */
  close(): Promise<void>;
}

/** Defaults that a local data plane provides, so that nothing else needs to be configured. */
export interface DataPlaneDefaults {
  /** Database of the control plane. */
  readonly controlDatabase: SqlDatabase;
  /**
   * Must be called before a registry is created in the control database: rejects with `database_not_found` if the
   * control database is missing although databases of tenants exist, which only a lost registry can account for. If
   * absent, nothing is checked.
   */
  assertControlDatabase?(): Promise<void>;
  /** Directory in which bundles are stored. */
  readonly bundleDirectory: string;
}

/** A data plane that includes defaults for everything else. */
export interface EmbeddedDataPlane extends DataPlane {
  /** Defaults for the parts of a runtime that are not configured. */
  readonly defaults: DataPlaneDefaults;
}
