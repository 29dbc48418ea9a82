import type { SQLDialect } from '../data/driver-sql.zod.js';
import type { DatabaseProvider, TenantConnectionConfig } from '../system/tenant.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { ISchemaDiffService } from './schema-diff-service.js';
import type { SqlDatabase } from './sql-database.js';
import type { ITursoPlatformService } from './turso-platform.js';

/** Marker row of a database: the tenant that it belongs to. */
export interface TenantMarker {
  readonly tenantId: string;
  /** Timestamp at which the database was claimed. */
  readonly createdAt: string;
}

/** Where tenants' databases live and how they are reached and changed: all that a runtime needs to know of them. */
export interface DataPlane {
  readonly databaseProvider: DatabaseProvider;
  readonly dialect: SQLDialect;
  readonly platform: ITursoPlatformService;
  readonly schemaDiff: ISchemaDiffService;
  /**
   * A driver for one tenant's database. Opens nothing; `connect` does, and rejects with `database_invalid` when the
   * database does not hold the marker of the connection's `tenantId`.
   */
  createDriver(connection: TenantConnectionConfig): IDataDriver;
  /**
   * Writes our tables and the marker row of the tenant into an empty database, in one transaction. Harmless to
   * repeat. Rejects with `database_collision` when the database has another tenant's marker, or holds anything
   * without having ours.
   */
  claimDatabase(connection: TenantConnectionConfig, tenantId: string): Promise<void>;
  /**
   * The marker of a database, or null when it was never claimed. Changes nothing. Rejects with `database_not_found`, and
   * with `database_invalid` for what is no database.
   */
  readTenantMarker(connection: TenantConnectionConfig): Promise<TenantMarker | null>;
  /** Closes every connection. Harmless to repeat. */
  close(): Promise<void>;
}

/** What a data plane on a local disk brings along, so that nothing else needs to be configured. */
export interface DataPlaneDefaults {
  readonly controlDatabase: SqlDatabase;
  /**
   * To be called before a registry is begun in the control database: rejects with `database_not_found` when it is
   * missing although there are databases of tenants, which only a lost registry can know. Absent: never rejects.
   */
  assertControlDatabase?(): Promise<void>;
  /** Folder in which bundles are kept. */
  readonly bundleDirectory: string;
}

/** A data plane that is complete by itself. */
export interface EmbeddedDataPlane extends DataPlane {
  readonly defaults: DataPlaneDefaults;
}
