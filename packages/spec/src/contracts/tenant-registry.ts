import type { DeploymentRecord } from '../system/deploy-result.zod.js';
import type {
  ProvisioningStep,
  ProvisioningStepName,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { Tenant } from '../system/tenant.zod.js';

/** A tenant as stored in the registry, including properties that only the control plane uses. */
export interface TenantRecord {
  /** The tenant. */
  tenant: Tenant;
  /** Request key (idempotency key) of the provisioning request; null if it had none. */
  requestKey: string | null;
  /** SHA-256 hash of the request, to detect a different request with the same request key. */
  requestFingerprint: string;
  /** Name of the database, chosen before anything is created. */
  databaseName: string;
  /** Timestamp of the deadline of a transitional status; null if the status is permanent. */
  deadlineAt: string | null;
  /**
   * Timestamp at which the data was deleted, or null. The row is retained so that neither id nor request key is reused.
   */
  destroyedAt: string | null;
}

/** A deployment as stored in the registry. */
export type StoredDeployment = DeploymentRecord & {
  /** Number of times that the record was written or its lease was extended. */
  revision: number;
};

/**
 * Condition for writing the record of a deployment.
 * - `take` with `revision`: the record has not been written or renewed since it was read or, with `null`, does not exist
 *   yet; the write takes the lease under this id, or adds the record. For a process that starts to run the deployment.
 * - `lease`: the lease with this id was not taken over and has not ended. For the process that runs the deployment.
 * - `revision`: the record has not been written or renewed since it was read; the write ends the lease. For all other
 *   processes.
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
 * Database of the control plane: tenants, provisioning steps and deployments. Acknowledged writes survive a crash. Any
 * method may reject with `database_busy`, and with `database_invalid` if a row cannot be parsed.
 */
export interface ITenantRegistry {
  /**
   * Creates the tables if they are missing, and migrates those of an earlier release in one transaction. Idempotent,
   * and safe for concurrent calls from several processes. Rejects with `database_invalid` if a newer release has
   * changed them.
   */
  initialize(): Promise<void>;
  /**
   * Adds the record, unless the organization has already used the request key: then the existing record is returned, so
   * that the call is idempotent. Rejects with `unique_violation` if the id or the database name already exists.
   */
  createTenant(record: TenantRecord): Promise<{ record: TenantRecord; created: boolean }>;
  /** Returns the record, or null. Includes destroyed tenants. */
  getTenant(tenantId: string): Promise<TenantRecord | null>;
  /**
   * Returns every tenant of every organization, including destroyed ones, sorted by id. For operators; never for a
   * caller's request.
   */
  listAllTenants(): Promise<TenantRecord[]>;
  /** Returns the tenants of an organization, oldest first, without destroyed ones. */
  listTenants(organizationId: string): Promise<TenantRecord[]>;
  /**
   * Changes the tenant in one atomic compare-and-set operation: only if its status is one of `from` and the transition
   * to the new status is permitted. Returns the current record; `changed` is true if this call changed it. Rejects with
   * `tenant_not_found`.
   */
  updateTenant(
    tenantId: string,
    from: readonly TenantProvisioningStatus[],
    change: TenantChange,
  ): Promise<{ record: TenantRecord; changed: boolean }>;
  /** Returns the records in a transitional status whose deadline has passed. */
  listOverdue(now: string): Promise<TenantRecord[]>;
  /**
   * Writes the step if the tenant is still being provisioned; otherwise returns false. A new `running` increments
   * `attempt`. A completed step is not changed.
   */
  recordStep(tenantId: string, name: ProvisioningStepName, step: StepChange): Promise<boolean>;
  /**
   * Returns the steps of a tenant that have started, in the order of provisioning; an empty list for an unknown tenant.
   */
  listSteps(tenantId: string): Promise<ProvisioningStep[]>;
  /**
   * Writes the record of a deployment in one atomic compare-and-set operation: only if the guard holds and the
   * transition from the stored status to the new one is permitted. Returns the stored record, or null if there is none;
   * `changed` is true if this call wrote it. If `supersededBy` is absent, the stored value is preserved, except under a
   * guard by revision.
   */
  saveDeployment(
    record: DeploymentRecord,
    guard: DeploymentGuard,
  ): Promise<{ record: StoredDeployment | null; changed: boolean }>;
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
  /** Releases the resources of the registry. Idempotent. */
  close(): Promise<void>;
}

/** Properties of a tenant that can change. Its quotas are derived from its plan. */
export type TenantChange = Partial<
  Pick<Tenant, 'provisioningStatus' | 'plan' | 'connectionConfig' | 'provisionedAt' | 'purgeAt'>
> &
  Partial<Pick<TenantRecord, 'deadlineAt' | 'destroyedAt'>> & {
    /** Provisioning step that the change ends, written together with it. */
    step?: {
      /** Name of the step. */
      name: ProvisioningStepName;
      /** Status that the step ends with. */
      outcome: StepEnd;
    };
    /** Changes the tenant only if its deadline is before this timestamp. */
    ifOverdueAt?: string;
  };

/** Change of a provisioning step. */
export type StepChange = { status: 'running'; at: string } | StepEnd;

/** How an attempt of a provisioning step ended. */
export type StepEnd =
  | { status: 'completed'; at: string; externalRef?: string }
  | {
      status: 'failed';
      at: string;
      errorCode: NonNullable<ProvisioningStep['errorCode']>;
      retryable: boolean;
    };
