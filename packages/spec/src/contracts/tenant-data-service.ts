import type { PageRequestInput } from '../shared/page.zod.js';
import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type {
  BackupRequest,
  DatabaseReplacement,
  RestoreSource,
  TenantBackup,
  TenantBackupPage,
} from '../system/tenant-backup.zod.js';
import type {
  TenantCloneRequest,
  TenantCopyResult,
  TenantImportRequestInput,
} from '../system/tenant-copy.zod.js';
import type { CallOptions } from './call-options.js';

/** Archive that `exportTenant` returned, as chunks of any size: strings, or bytes in UTF-8. */
export type ArchiveSource = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** Destination of a move: a region, a data plane, or both. */
export interface TenantPlace {
  /** Region of the new database; the database is created on a server in this region. Defaults to any region. */
  readonly region?: TenantRegion;
  /**
   * Name of the data plane for the new database, if the data plane of the runtime joins several. Defaults to the first one.
   */
  readonly dataPlane?: string;
}

/**
 * Copies the data of tenants: archives, clones, backups, and moves. For operators: every method sees the tenants of all
 * organizations, so a service must authorize its callers.
 *
 * Every method first records the database that it creates. If its process terminates before the call is complete, the
 * tenants are unchanged, and `sweep` of the runtime deletes the incomplete database 15 minutes later. Methods that take
 * the id of a tenant reject with `tenant_not_found`, and with `invalid_state` unless the tenant is active or suspended;
 * those that take the id of a backup with `backup_not_found`. All reject with `invalid_request`, with `aborted`, like
 * the platform, and with `not_supported` if the data plane cannot copy databases.
 */
export interface ITenantDataService {
  /**
   * Returns an archive of the tenant as lines of JSON: a manifest, the bundle in effect, every record, the counters of
   * autonumber fields, and a checksum. It shows one committed state, in which all records belong together. The archive
   * contains no tokens of databases, no secret settings of apps, no retained data and no deployment history. Rejects,
   * when the first line is read, with `schema_mismatch` if the tenant has objects that no deployment of a bundle
   * created, and with `bundle_not_found` or `bundle_corrupt`.
   */
  exportTenant(tenantId: string, options?: CallOptions): AsyncIterable<string>;

  /**
   * Creates a tenant from an archive. The manifest and the bundle are validated before a database is created; the
   * tenant appears when all records are stored and the checksum and the counts are verified, or not at all. Seed data
   * of the bundle is not written, because the records of the archive replace it; datasets that were not completely
   * written before the export are left to the next deployment. With a `requestKey`, a repetition
   * returns the existing tenant, and does not read the archive. Rejects with `invalid_archive`, with
   * `unsupported_protocol_version`, `idempotency_conflict`, `quota_exceeded`, like
   * `IDeployPipelineService.planDeployment` for the bundle, and, naming the record by the position of its line,
   * starting at 0, in `details.index`, with `validation_failed`, `unique_violation` or `foreign_key_violation`.
   */
  importTenant(
    archive: ArchiveSource,
    request: TenantImportRequestInput,
    options?: CallOptions,
  ): Promise<TenantCopyResult>;

  /**
   * Creates a tenant as a copy of one committed state of another one, or of one of its backups, without its slug, host
   * names, members and own quotas. Secret settings of apps cannot be decrypted for the new tenant and must be set
   * again. The tenant appears when it is complete, or not at all. With a `requestKey`, a repetition returns the
   * existing tenant.
   *
   * If a field has a `maskingRule`, or had one before a deployment that can still be rolled back removed or changed it,
   * the values of all fields with a rule are masked before they are written: the new tenant has the records and the
   * metadata in effect, and no deployment history, no retained data, and no table that a deployment did not create,
   * which could contain original values. Equal values may remain equal within the clone, as the rule says; the key of
   * the masking is not stored, so that no value can be restored. Ids, timestamps and seed data of the bundle are not
   * masked. With the masking `none`, or without rules, the database is copied as it is, with history and retained data.
   *
   * Rejects with `idempotency_conflict` and `quota_exceeded`; with `invalid_masking_rule`, before anything is copied if
   * the tenant is active, if a rule cannot be applied to its field; and when values are masked, like `importTenant` for
   * records that violate the rules of their object, and with `schema_mismatch`, `bundle_not_found` and `bundle_corrupt`
   * like `exportTenant`.
   */
  cloneTenant(
    tenantId: string,
    request?: TenantCloneRequest,
    options?: CallOptions,
  ): Promise<TenantCopyResult>;

  /**
   * Makes a backup: a copy of one committed state of the tenant's database, on the same data plane. Each call makes
   * another one. To keep a backup elsewhere, export the tenant.
   */
  backupTenant(tenantId: string, request?: BackupRequest, options?: CallOptions): Promise<TenantBackup>;

  /**
   * Returns a page of the complete backups of the tenant, latest first, also of a destroyed tenant. Rejects with
   * `invalid_request` also for a cursor that no page contained.
   */
  listBackups(tenantId: string, page?: PageRequestInput): Promise<TenantBackupPage>;

  /** Deletes a backup, also of a destroyed tenant. A repetition rejects with `backup_not_found`. */
  deleteBackup(tenantId: string, backupId: string, options?: CallOptions): Promise<void>;

  /**
   * Replaces the data of the tenant by that of a backup, or by that of a point in time: copies it to a new database,
   * verifies the copy, blocks writes to the current database, and then switches the tenant to the new one in one
   * transaction of the registry. Until the switch, the tenant is read from its current database, and an error changes nothing. The previous database
   * is retained as a backup, which contains every write that was acknowledged before. Calls that were in progress, and
   * those of other processes that have not noticed the switch yet, reject with `database_blocked` and can be repeated.
   * Deployments that the restored data does not contain are reported as no longer in effect. A repetition restores
   * again. Rejects with `database_busy` if the status of the tenant keeps changing during the call.
   *
   * A point in time is copied from the database that the tenant had at that time, which is a backup if it was replaced
   * since. Rejects with `not_supported`, before anything is created, if the data plane does not have earlier states of
   * its databases; with `point_in_time_unavailable` if the point in time is in the future, before the data of the tenant
   * was complete, or no longer available; and, before anything is replaced, with `database_invalid` if the restored
   * database is corrupt or of another tenant, with `schema_mismatch` if its tables or columns differ from those that its
   * history says are deployed, and with `platform_refused` if it contains later deployments.
   */
  restoreTenant(tenantId: string, source: RestoreSource, options?: CallOptions): Promise<DatabaseReplacement>;

  /**
   * Moves the tenant to another server or another data plane: creates a database there, blocks writes to the current
   * one, waits until the transactions that were open then have ended, copies all tables with their rows, compares both,
   * and switches the tenant to the new database like `restoreTenant`. Writes reject with `database_blocked` during the move;
   * reads continue. An error changes nothing, and writes are permitted again. The previous database is retained as a
   * backup. Deployment history and retained data move too. Rejects with `database_busy` if rows or the status of the
   * tenant change during the move, which a transaction on a server can cause that refuses to wait for it; with
   * `database_blocked` if a server blocks reads because the tenant is suspended; with `invalid_request` also for a data
   * plane that the runtime does not have; with `invalid_state` also for virtual tables, whose data only their
   * modules can write; and with `not_allowed` or `sql_error` for other tables that a deployment did not create and that cannot
   * be copied.
   */
  moveTenant(tenantId: string, place: TenantPlace, options?: CallOptions): Promise<DatabaseReplacement>;
}
