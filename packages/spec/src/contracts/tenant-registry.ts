import type { AuditEntry } from '../system/audit.zod.js';
import type { DeploymentRecord } from '../system/deploy-result.zod.js';
import type { DeployStatus } from '../system/deploy-status.zod.js';
import type {
  ProvisioningStep,
  ProvisioningStepName,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { IDatabasePool } from './database-pool.js';
import type { IFleetStore } from './fleet-store.js';
import type { IQuotaLedger } from './quota-ledger.js';
import type {
  AuditQuery,
  ChangeOrigin,
  DeploymentGuard,
  DeploymentRenewal,
  StoredDeployment,
  TemplateRecord,
  TenantChange,
  TenantQuery,
  TenantRecord,
  TenantRecordState,
} from './registry-records.js';
import type { LeaseRequest, StepChange } from './step-records.js';
import type { ITenantCopies } from './tenant-copies.js';
import type { TenantNamesChange, TenantSelection } from './tenant-names.js';
import type { IWorkLeases } from './work-leases.js';

/**
 * Database of the control plane: tenants, provisioning steps, deployments, templates, releases, rollouts and the audit
 * log. Acknowledged writes survive a crash. Any method may reject with `database_busy`, with `database_invalid` if a
 * row cannot be parsed, and on a server with `database_unreachable` and `request_timeout`.
 *
 * `createTenant`, `updateTenant`, `setTenantNames`, `saveDeployment` and `setQuotaOverrides` add an entry to the audit
 * log in the transaction of each change, and none if they change nothing that it records.
 */
export interface ITenantRegistry
  extends IDatabasePool,
    IWorkLeases,
    IQuotaLedger,
    IFleetStore,
    ITenantCopies {
  /**
   * Creates the tables if they are missing, and migrates those of an earlier release in one transaction. Idempotent,
   * and safe for concurrent calls from several processes. Rejects with `unsupported_protocol_version` if a newer
   * release has changed them, and with `configuration_invalid` if the database server rejects the configured user or
   * database.
   */
  initialize(): Promise<void>;
  /**
   * Adds the record, unless the organization has already used the request key: then the existing record is returned, so
   * that the call is idempotent. Rejects with `unique_violation` if the id or the database name already exists, and
   * with `database_not_found` if the template database of the record is not `ready`. Slug and host names of the record
   * are not stored: `setTenantNames` sets them. With `lease`, a tenant that is added is leased like by `takeLease` in the
   * same transaction, and `lease` of the result is the fencing token; an existing tenant is not leased.
   */
  createTenant(
    record: TenantRecord,
    by?: ChangeOrigin,
    lease?: LeaseRequest,
  ): Promise<{ record: TenantRecord; created: boolean; lease?: number }>;
  /**
   * Returns the tenant that the organization requested with the request key, or null. Includes destroyed tenants.
   */
  findByRequestKey(organizationId: string, requestKey: string): Promise<TenantRecord | null>;
  /** Returns the record, or null. Includes destroyed tenants. */
  getTenant(tenantId: string): Promise<TenantRecord | null>;
  /**
   * Returns every tenant of every organization, including destroyed ones, sorted by the code units of the id.
   * For operators; never for a caller's request.
   */
  listAllTenants(): Promise<TenantRecord[]>;
  /** Returns the tenants of an organization, oldest first, without destroyed ones. */
  listTenants(organizationId: string): Promise<TenantRecord[]>;
  /**
   * Returns the tenants of an organization that have one of the ids, slugs or host names, oldest first, without
   * destroyed ones. A removed slug that is still reserved selects no tenant.
   */
  selectTenants(organizationId: string, selection: TenantSelection): Promise<TenantRecord[]>;
  /**
   * Changes the slug, the custom host names or both, atomically, and reserves a removed slug. Returns the current
   * record, or null if another tenant that is not destroyed has one of the names, or a slug is reserved for it, in
   * which case nothing is changed. Of concurrent calls for different tenants with the same name, exactly one succeeds.
   * Rejects with `tenant_not_found`, also for destroyed tenants.
   */
  setTenantNames(
    tenantId: string,
    change: TenantNamesChange,
    by?: ChangeOrigin,
  ): Promise<TenantRecord | null>;
  /**
   * Returns the tenants that a query selects, latest first by creation timestamp and id, without destroyed ones. For
   * operators; never for a caller's request.
   */
  findTenants(query: TenantQuery): Promise<TenantRecord[]>;
  /**
   * Changes the tenant in one atomic compare-and-set operation: only if its status is one of `from` and the transition
   * to the new status is permitted. A tenant leaves the status `destroying` only with `ifDeadlineAfter`. The steps of the
   * change are written like by `recordStep`, which does not change completed ones. Returns the current record; `changed` is true if this call changed it, and `previous` is then the state that it replaced,
   * otherwise the current one. Rejects with `tenant_not_found`.
   */
  updateTenant(
    tenantId: string,
    from: readonly TenantProvisioningStatus[],
    change: TenantChange,
    by?: ChangeOrigin,
  ): Promise<{ record: TenantRecord; changed: boolean; previous: TenantRecordState }>;
  /** Returns the records whose deadline has passed, except destroyed ones. */
  listOverdue(now: string): Promise<TenantRecord[]>;
  /** Returns the tenants in the status `provisioning` whose lease no process holds at a timestamp, oldest first. */
  listAbandoned(now: string): Promise<TenantRecord[]>;
  /**
   * Acquires the lease for provisioning the tenant until a timestamp, if no process holds it at `now`. Returns its fencing
   * token, which is higher than every earlier one of the tenant; null if the lease is held, or for an unknown tenant. With
   * `step`, also starts this step, like `recordStep`.
   */
  takeLease(tenantId: string, request: LeaseRequest): Promise<number | null>;
  /**
   * Changes the expiry of a lease; an expiry in the past releases it. Returns false, without a change, if another
   * process has taken the lease over.
   */
  extendLease(tenantId: string, lease: { token: number; until: string }): Promise<boolean>;
  /**
   * Writes the step if the tenant is still being provisioned, and the lease of the change was not taken over; otherwise
   * returns false. A new `running` increments `attempt`. A completed step is not changed, and the error code
   * `database_collision` remains until the step completes: it shows that the database is not the tenant's. With
   * `also`, also writes the steps that ended after it, and with `next`, also starts that step, unless they are completed.
   */
  recordStep(tenantId: string, name: ProvisioningStepName, step: StepChange): Promise<boolean>;
  /**
   * Returns the steps of a tenant that have started, in the order of provisioning; an empty list for an unknown tenant.
   */
  listSteps(tenantId: string): Promise<ProvisioningStep[]>;
  /**
   * Writes the record of a deployment in one atomic compare-and-set operation: only if the guard holds and the
   * transition from the stored status to the new one is permitted. Returns the stored record, or null if there is none;
   * `changed` is true if this call wrote it, and `previousStatus` is the stored status before the call, or null. With
   * `daily`, nothing is written if the deployment is not counted yet and the deployments of the day have reached the
   * limit; then `exceeded` is their number. If `supersededBy` is absent, the stored value is preserved, except under a
   * guard by revision.
   */
  saveDeployment(
    record: DeploymentRecord,
    guard: DeploymentGuard,
    by?: ChangeOrigin,
  ): Promise<{
    record: StoredDeployment | null;
    changed: boolean;
    previousStatus: DeployStatus | null;
    exceeded?: number;
  }>;
  /**
   * Extends the lease of a running deployment: writes only `updatedAt`. Returns false if the lease was taken over or
   * has ended.
   */
  renewDeployment(tenantId: string, deploymentId: string, renewal: DeploymentRenewal): Promise<boolean>;
  /** Returns the deployment, or null if the tenant has none with this id. */
  getDeployment(tenantId: string, deploymentId: string): Promise<StoredDeployment | null>;
  /** Returns the deployments of a tenant, latest first. */
  listDeployments(tenantId: string): Promise<StoredDeployment[]>;
  /**
   * Returns the deployments of all tenants that have not ended and were last written or renewed before the given
   * timestamp.
   */
  listUnfinishedDeployments(updatedBefore: string): Promise<StoredDeployment[]>;
  /**
   * Returns those of the checksums that a release or a deployment refers to, whatever its status, except deployments of
   * destroyed tenants.
   */
  findDeployedBundles(checksums: readonly string[]): Promise<string[]>;
  /** Adds the template, unless a template with the same content key exists. Returns the stored template. */
  addTemplate(record: TemplateRecord): Promise<TemplateRecord>;
  /** Returns the template with a content key, or null. */
  findTemplate(contentKey: string): Promise<TemplateRecord | null>;
  /** Returns all templates, sorted by the code units of the database name. */
  listTemplates(): Promise<TemplateRecord[]>;
  /**
   * Records the time at which the template was last used; with `isReady`, also changes its status to `ready`. Returns false,
   * without a change, if it does not exist or is being deleted.
   */
  touchTemplate(databaseName: string, use: { usedAt: string; isReady?: boolean }): Promise<boolean>;
  /**
   * Sets the status of a template to `deleting` in one atomic operation: only if it was last used before the timestamp
   * and no tenant in the status `provisioning` or `failed`, and no database of the pool in preparation, is created from
   * it. Returns whether the template is being deleted.
   */
  retireTemplate(databaseName: string, unusedSince: string): Promise<boolean>;
  /** Removes a template in the status `deleting`; any other is unchanged. Idempotent. */
  removeTemplate(databaseName: string): Promise<void>;
  /**
   * Returns the entries of the audit log that a query selects, latest first. They are never changed or deleted, also
   * not when the tenant is destroyed.
   */
  listAuditEntries(query: AuditQuery): Promise<AuditEntry[]>;
  /** Releases the resources of the registry. Idempotent. */
  close(): Promise<void>;
}
