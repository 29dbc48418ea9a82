import type { SealedConnectionConfig } from '../system/tenant-connection.zod.js';
import type { ChangeOrigin, TenantRecord } from './registry-records.js';

/** Database that contains a copy of the data of a tenant, or that will become the database of a tenant. */
export interface TenantCopy {
  /** Unique identifier of the copy; for a backup, the id of the backup. */
  readonly id: string;
  /** Identifier of the tenant that the copy belongs to, which may not exist yet. */
  readonly tenantId: string;
  /** Name of the database. */
  readonly databaseName: string;
  /**
   * Purpose of the copy. `requested`: a backup that was requested; `final`: the last backup of a destroyed tenant;
   * `replaced`: the previous database of a tenant, which a restore or a move replaced; `staging`: a database that is
   * being prepared for a tenant; `export`: a database that an export reads.
   */
  readonly kind: 'requested' | 'final' | 'replaced' | 'staging' | 'export';
  /**
   * Status of the copy. `creating`: possibly not complete yet; `ready`: complete; `deleting`: can no longer be used.
   */
  readonly status: 'creating' | 'ready' | 'deleting';
  /** Timestamp at which the copy was requested. */
  readonly createdAt: string;
  /**
   * Timestamp from which the next sweep deletes the database; null if it is never deleted. The process that creates
   * the copy extends it until the copy is complete.
   */
  readonly expiresAt: string | null;
}

/** Selection of copies. */
export interface TenantCopyQuery {
  /** Identifier of the tenant that the copies belong to. Defaults to every tenant. */
  readonly tenantId?: string;
  /** Timestamp before which the copies expire. Defaults to all copies. */
  readonly expiresBefore?: string;
}

/** Change to the record of a copy. */
export type TenantCopyChange = Partial<Pick<TenantCopy, 'status' | 'expiresAt'>>;

/** Replacement of the database of a tenant. */
export interface DatabaseSwitch {
  /** Identifier of the copy that becomes the database of the tenant. Its status must be `creating`. */
  readonly copyId: string;
  /**
   * Database name and deadline of the tenant as the caller read them; if they have changed since, nothing is changed.
   */
  readonly from: Pick<TenantRecord, 'databaseName' | 'deadlineAt'>;
  /** Connection settings of the new database, with an encrypted token. */
  readonly connection: SealedConnectionConfig;
  /** Region in which the new database was created. Defaults to the current region of the tenant. */
  readonly region?: NonNullable<TenantRecord['requestedRegion']>;
  /**
   * Identifier of the latest deployment or rollback that the new database contains, which determines the running
   * release of the tenant; null if it contains none. If omitted, the new database contains the deployments of the
   * previous one.
   */
  readonly deploymentId?: string | null;
  /**
   * New `deadlineAt` of the tenant: timestamp by which the access to the new database must match the status of the tenant.
   */
  readonly deadlineAt: string;
  /** Record of the copy that the previous database becomes. */
  readonly replaced: TenantCopy;
}

/**
 * Records of copies of tenants: backups, replaced databases, and databases that are being prepared. Part of the
 * registry.
 */
export interface ITenantCopies {
  /**
   * Adds the record. An export and a backup that is `ready` are recorded in the audit log. Rejects with
   * `unique_violation` if the id or the database name exists.
   */
  addTenantCopy(copy: TenantCopy, by?: ChangeOrigin): Promise<void>;
  /** Returns the copy, or null. */
  getTenantCopy(id: string): Promise<TenantCopy | null>;
  /** Returns the selected copies, latest first by creation timestamp and id. */
  listTenantCopies(query: TenantCopyQuery): Promise<TenantCopy[]>;
  /**
   * Changes the copy in one atomic compare-and-set operation: only if its status is `from`, and with `expiresBefore`
   * only if it expires before that timestamp. Returns whether it was changed. A backup that becomes `ready` or
   * `deleting` is recorded in the audit log.
   */
  changeTenantCopy(
    id: string,
    from: TenantCopy['status'],
    change: TenantCopyChange & { readonly expiresBefore?: string },
    by?: ChangeOrigin,
  ): Promise<boolean>;
  /**
   * Removes a copy in the status `deleting`, with the deployments that are recorded for it if its tenant does not
   * exist; any other is unchanged. Idempotent.
   */
  removeTenantCopy(id: string): Promise<void>;
  /**
   * Adds a tenant like `createTenant`, in the same transaction as it removes the record of the copy that is its
   * database. The template of the record is not protected from deletion. Returns null, and adds nothing, unless the
   * copy is `creating`. If the organization has already used the request key, nothing is changed, and the existing
   * record is returned.
   */
  createTenantFromCopy(
    copyId: string,
    record: TenantRecord,
    by?: ChangeOrigin,
  ): Promise<{ record: TenantRecord; created: boolean } | null>;
  /**
   * Replaces the database of an active or suspended tenant by a copy, records the previous database as a copy, and adds
   * the entry `change_tenant_database` with both names and the deployment to the audit log, in one transaction. Returns
   * the record of the tenant, or null if the tenant or the copy is not in the expected state, in which case nothing is
   * changed. Rejects with `tenant_not_found`.
   */
  switchDatabase(tenantId: string, change: DatabaseSwitch, by?: ChangeOrigin): Promise<TenantRecord | null>;
}
