import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type { ProvisioningStep } from '../system/provisioning.zod.js';
import type { ChangeOrigin, TenantRecord } from './registry-records.js';

/** Database that was prepared for a tenant that does not exist yet. */
export interface PooledDatabase {
  /** Identifier of the future tenant, which is already stored in the database (marker). */
  readonly tenantId: string;
  /** Name of the database. */
  readonly databaseName: string;
  /**
   * Key that identifies the template, region, server and group of the database. A new tenant can use a database with the same
   * key.
   */
  readonly poolKey: string;
  /** Region in which the database is created; null if no particular region was requested. */
  readonly region: TenantRegion | null;
  /** Name of the template database that the database is a copy of; null if it is created empty. */
  readonly templateDatabase: string | null;
  /**
   * Status of the database. `preparing`: possibly not yet created; `ready`: can be assigned to a new tenant;
   * `deleting`: can no longer be assigned.
   */
  readonly status: 'preparing' | 'ready' | 'deleting';
  /** Connection URL of the database; null until the status is `ready`. */
  readonly url: string | null;
  /** Identifier of the process that prepares the database, or that took it over from a process that terminated. */
  readonly owner: string;
  /** Timestamp at which the database was last known to be in use by a process. */
  readonly usedAt: string;
}

/** Change to the record of a prepared database. */
export type PooledDatabaseChange = Partial<Pick<PooledDatabase, 'status' | 'url' | 'owner' | 'usedAt'>>;

/** Claim of a prepared database for a new tenant. */
export interface PooledDatabaseClaim {
  /** Record of the new tenant; its id, database and template are replaced by those of the pooled database. */
  readonly record: TenantRecord;
  /** Provisioning steps to record. */
  readonly steps: readonly ProvisioningStep[];
  /** User and request to record in the audit log as the origin of the change. Defaults to the control plane itself. */
  readonly by?: ChangeOrigin | undefined;
  /** Name of a release channel. No database is claimed if the channel has a release. */
  readonly ifNoReleaseIn?: string | undefined;
}

/** Records of databases that were prepared for later tenants. Part of the registry. */
export interface IDatabasePool {
  /**
   * Adds the record. Rejects with `unique_violation` if the tenant id or the database name exists in the pool, and with
   * `database_not_found` if the template database of the record is not `ready`.
   */
  addPooledDatabase(record: PooledDatabase): Promise<void>;
  /** Returns all records, sorted by the code units of the tenant id. */
  listPooledDatabases(): Promise<PooledDatabase[]>;
  /**
   * Changes the record in one atomic compare-and-set operation: only if its status is `from`. Returns whether it was
   * changed.
   */
  changePooledDatabase(
    tenantId: string,
    from: PooledDatabase['status'],
    change: PooledDatabaseChange,
  ): Promise<boolean>;
  /**
   * Removes a record in the status `deleting`, with the deployments that are recorded for it; any other is unchanged.
   * Idempotent.
   */
  removePooledDatabase(tenantId: string): Promise<void>;
  /**
   * Adds a tenant like `createTenant`, in the same transaction as it removes a `ready` database of the pool: with the
   * identifier, the name and the URL of that database, its template and the given steps. The status of the record
   * remains. Each database is assigned only once. Returns null, and adds nothing, if none is ready. If the organization
   * has already used the request key, no database is claimed, and the existing record is returned.
   */
  claimPooledDatabase(
    poolKey: string,
    claim: PooledDatabaseClaim,
  ): Promise<{ record: TenantRecord; created: boolean } | null>;
}
