import type { DeploymentRecord } from '../system/deploy-result.zod.js';
import type {
  ProvisioningStep,
  ProvisioningStepName,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { Tenant } from '../system/tenant.zod.js';

/** A tenant's row, with what only the control plane sees. */
export interface TenantRecord {
  tenant: Tenant;
  requestKey: string | null;
  /** SHA-256 of the request, so that another request under the same key is noticed. */
  requestFingerprint: string;
  /** Name of the database, chosen before anything is created. */
  databaseName: string;
  /** Deadline of a transitional state, as an instant; null when the state may last. */
  deadlineAt: string | null;
  /** Set once the data is deleted; the row stays so that neither id nor key is reused. */
  destroyedAt: string | null;
}

/** A deployment's record as the registry stores it. */
export type StoredDeployment = DeploymentRecord & {
  /** Number of times that the record was written or renewed. */
  revision: number;
};

/**
 * Condition of a write to the record of a deployment.
 * - `take` with `revision`: the record has not been written or renewed since it was read, or, with null, there is still
 *   none; the write takes the lease under this id, or adds the record. For a process that begins to run the deployment.
 * - `lease`: the lease with this id was not taken over and has not ended. For the process that runs the deployment.
 * - `revision`: the record has not been written or renewed since it was read; the write ends the lease. For everyone else.
 */
export type DeploymentGuard =
  | { take: string; revision: number | null }
  | { lease: string }
  | { revision: number };

/** Extension of a deployment's lease. */
export interface DeploymentRenewal {
  lease: string;
  updatedAt: string;
}

/**
 * The control plane's memory. What it acknowledges survives a crash. Any method may reject with `database_busy`, and
 * with `database_invalid` when a row cannot be understood.
 */
export interface ITenantRegistry {
  /**
   * Makes the tables if they are missing, and brings those of an earlier release up to date in one transaction.
   * Harmless to repeat, also at once from several processes. Rejects with `database_invalid` when a newer release has
   * changed them.
   */
  initialize(): Promise<void>;
  /**
   * Adds the record, unless the organization used the request key before: then that record comes back, so that
   * repeating it is harmless. Rejects with `unique_violation` when the id or the database name is taken.
   */
  createTenant(record: TenantRecord): Promise<{ record: TenantRecord; created: boolean }>;
  /** The record, or null. Destroyed ones are found too. */
  getTenant(tenantId: string): Promise<TenantRecord | null>;
  /** Every tenant of every organization, destroyed ones included, by id. For operators; never for a caller's request. */
  listAllTenants(): Promise<TenantRecord[]>;
  /** Tenants of an organization that are not destroyed, oldest first. */
  listTenants(organizationId: string): Promise<TenantRecord[]>;
  /**
   * Changes the tenant as one atomic compare-and-set: only if its status is one of `from` and may change to the new
   * one. Returns the record as it is now; `changed` tells whether this call changed it. Rejects with
   * `tenant_not_found`.
   */
  updateTenant(
    tenantId: string,
    from: readonly TenantProvisioningStatus[],
    change: TenantChange,
  ): Promise<{ record: TenantRecord; changed: boolean }>;
  /** Records in a transitional state whose deadline is past. */
  listOverdue(now: string): Promise<TenantRecord[]>;
  /**
   * Writes the step, if the tenant is still being provisioned; otherwise returns false. A new `running` counts up
   * `attempt`. A completed step stays as it is.
   */
  recordStep(tenantId: string, name: ProvisioningStepName, step: StepChange): Promise<boolean>;
  /** Steps of a tenant that were ever begun, in the order of provisioning; none for an unknown tenant. */
  listSteps(tenantId: string): Promise<ProvisioningStep[]>;
  /**
   * Writes the record of a deployment as one atomic compare-and-set: only while the guard holds and the stored status
   * may change to the new one. Returns the record as it is stored now, null when there is none; `changed` tells whether
   * this call wrote it. A deployment that was rolled back stays marked as such when `supersededBy` is absent, except
   * under a guard by revision.
   */
  saveDeployment(
    record: DeploymentRecord,
    guard: DeploymentGuard,
  ): Promise<{ record: StoredDeployment | null; changed: boolean }>;
  /**
   * Extends the lease of a running deployment: writes `updatedAt`, and nothing else. Returns false when the lease was
   * taken over or has ended.
   */
  renewDeployment(tenantId: string, deploymentId: string, renewal: DeploymentRenewal): Promise<boolean>;
  /** The deployment, or null when the tenant has none of this id. */
  getDeployment(tenantId: string, deploymentId: string): Promise<StoredDeployment | null>;
  /** Deployments of a tenant, latest first. */
  listDeployments(tenantId: string): Promise<StoredDeployment[]>;
  /** Deployments that have not ended and were last written or renewed before an instant, of all tenants. */
  listUnfinishedDeployments(updatedBefore: string): Promise<StoredDeployment[]>;
  /** Frees what the registry holds. Harmless to repeat. */
  close(): Promise<void>;
}

/** What may change of a tenant. Its quotas follow from its plan. */
export type TenantChange = Partial<
  Pick<Tenant, 'provisioningStatus' | 'plan' | 'connectionConfig' | 'provisionedAt' | 'purgeAt'>
> &
  Partial<Pick<TenantRecord, 'deadlineAt' | 'destroyedAt'>> & {
    /** The step that the change ends, written together with it. */
    step?: { name: ProvisioningStepName; outcome: StepEnd };
    /** Changes the tenant only if its deadline is before this instant. */
    ifOverdueAt?: string;
  };

/** What happened to a step. */
export type StepChange = { status: 'running'; at: string } | StepEnd;

/** How an attempt of a step ended. */
export type StepEnd =
  | { status: 'completed'; at: string; externalRef?: string }
  | {
      status: 'failed';
      at: string;
      errorCode: NonNullable<ProvisioningStep['errorCode']>;
      retryable: boolean;
    };
