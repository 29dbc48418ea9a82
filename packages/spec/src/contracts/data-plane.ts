import type {
  TenantDatabaseLifecycle,
  TenantResolverStrategy,
} from '../data/driver/turso-multi-tenant.zod.js';
import type { SQLDialect } from '../data/driver-sql.zod.js';
import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type { KeyRotation } from '../system/key-rotation.zod.js';
import type { DatabaseProvider, TenantConnectionConfig } from '../system/tenant.zod.js';
import type { TenantQuota } from '../system/tenant-quota.zod.js';
import type { CallOptions } from './call-options.js';
import type { IDataDriver } from './data-driver.js';
import type { AbortOptions } from './driver-call.js';
import type { ISchemaDiffService } from './schema-diff-service.js';
import type { SqlDatabase } from './sql-database.js';
import type { ITursoPlatformService } from './turso-platform.js';

/** Marker: a row in a database that identifies the tenant to which the database belongs. */
export interface TenantMarker {
  /** Unique identifier of the tenant. */
  readonly tenantId: string;
  /** Timestamp at which the database was claimed. */
  readonly createdAt: string;
}

/** Options for claiming a database. */
export interface ClaimOptions {
  /**
   * Tenant id that is stored in the database as its owner (marker) because it was copied from a template: the name of the
   * template database. If omitted, the database must be empty.
   */
  readonly copyOf?: string;
  /**
   * Whether the database may already contain tables, which are not changed. Ignored if `copyOf` is given. Defaults to
   * false: the database must be empty.
   */
  readonly adopts?: boolean;
}

/** Quotas that a driver enforces in the transaction of every write of records. */
export type DriverQuotas = Pick<TenantQuota, 'maxRecordsPerObject' | 'maxStorageBytes'>;

/** Options for the driver of a tenant's database. */
export interface DriverSettings {
  /** Function that returns the current quotas of the tenant; called for every write. Defaults to no quotas. */
  readonly quotas?: () => DriverQuotas;
  /**
   * Whether the driver, which the control plane itself uses, can access the database while access to it is blocked. Has
   * an effect only if the driver and not a server enforces the block. Defaults to false.
   */
  readonly ignoresBlocks?: boolean;
  /** Whether the driver also opens a database that was never claimed, in which nothing is deployed. Defaults to false. */
  readonly acceptsUnclaimed?: boolean;
}

/** Limits of the drivers that a router caches. */
export interface DriverCacheLimits {
  /** Maximum number of tenants whose drivers are cached in one process. */
  readonly maxDrivers: number;
  /**
   * Time, in milliseconds, for which an unused driver stays cached. After it, the driver is disconnected when another one
   * is opened.
   */
  readonly idleMs: number;
}

/** Data plane: where the tenants' databases are stored, and how they are accessed and migrated. */
export interface DataPlane {
  /** Database provider of the databases: `turso`, `postgres` or `memory`. */
  readonly databaseProvider: DatabaseProvider;
  /** SQL dialect of the databases. */
  readonly dialect: SQLDialect;
  /** Part of a request that selects the tenant, for routers that configure no strategies. Defaults to `token`. */
  readonly tenantResolverStrategy?: TenantResolverStrategy;
  /**
   * What happens to a database when its tenant is created, suspended or destroyed, unless the runtime is configured with
   * another `lifecycle`. Defaults to the defaults of the runtime.
   */
  readonly lifecycle?: TenantDatabaseLifecycle;
  /** Limits of the cached drivers of tenants, for routers that do not configure them. Defaults to 10,000 drivers. */
  readonly driverCache?: DriverCacheLimits;
  /**
   * Names of the data planes of which this one consists, between which `moveTenant` can move tenants. Absent unless it
   * joins several.
   */
  readonly dataPlanes?: readonly string[];
  /**
   * Region of every database that the data plane creates, regardless of the region in the request. Recorded as the region of its tenants.
   * Absent if a request can choose the region, or if it is not known.
   */
  readonly region?: TenantRegion;
  /** Service that creates, configures and deletes the databases. */
  readonly platform: ITursoPlatformService;
  /** Service that compares and migrates the schemas of the databases. */
  readonly schemaDiff: ISchemaDiffService;
  /**
   * Creates a driver for one tenant's database. Does not open the database; `connect` does, and rejects with
   * `database_invalid` if the database does not contain the marker of the connection's `tenantId`. With quotas, a write
   * that would exceed one is rejected with `quota_exceeded` and changes nothing, also in a transaction, in bulk and for
   * seeds; reading and deleting are never rejected. Records that raw SQL adds are counted, but not rejected.
   */
  createDriver(connection: TenantConnectionConfig, settings?: DriverSettings): IDataDriver;
  /**
   * Creates the system tables and the tenant's marker row in an empty database, in one transaction. With `copyOf`,
   * replaces the marker of the copied template by the tenant's in one transaction instead, and keeps everything else.
   * With `adopts`, the database may contain other tables, which remain as they are. Idempotent. Rejects with `database_collision` if the database has any other marker, or contains data but no system
   * tables, or with `copyOf` is not a copy of that template.
   */
  claimDatabase(connection: TenantConnectionConfig, tenantId: string, options?: ClaimOptions): Promise<void>;
  /**
   * Returns the marker of a database, or null if it was never claimed. Changes nothing. Rejects with
   * `database_not_found`, and with `database_invalid` if the file is not a database.
   */
  readTenantMarker(connection: TenantConnectionConfig): Promise<TenantMarker | null>;
  /**
   * Encrypts the secrets that the data plane stores with the current key of its sealer, like `rotate` of `IKeyService`.
   * Absent if it stores none.
   */
  rotateKeys?(options?: CallOptions): Promise<KeyRotation>;
  /**
   * Requests the servers of the databases without changing anything. Rejects if one of them cannot be used, for example
   * with `platform_unavailable` or `unauthorized`. If this method is absent, the runtime calls `getDatabase` of the
   * platform instead.
   */
  checkHealth?(options?: AbortOptions): Promise<void>;
  /** Closes every connection. Idempotent. */
  close(): Promise<void>;
}

/** Defaults that a local data plane provides, so that nothing else needs to be configured. */
export interface DataPlaneDefaults {
  /** Database of the control plane, which contains the registry. */
  readonly controlDatabase: SqlDatabase;
  /**
   * Must be called before a registry is created in the control database: rejects with `database_not_found` if databases of
   * tenants exist but the control database does not, which means that the registry was lost. If this method is absent,
   * nothing is checked.
   */
  assertControlDatabase?(): Promise<void>;
  /** Path of the directory in which bundles are stored. */
  readonly bundleDirectory: string;
}

/** A data plane that includes defaults for everything else. */
export interface EmbeddedDataPlane extends DataPlane {
  /** Defaults for the parts of a runtime that are not configured. */
  readonly defaults: DataPlaneDefaults;
}
