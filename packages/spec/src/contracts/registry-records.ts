import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type { DeploymentRecord } from '../system/deploy-result.zod.js';
import type { TenantPlan, TenantProvisioningStatus } from '../system/provisioning.zod.js';
import type { Tenant } from '../system/tenant.zod.js';
import type { TenantQuotaOverrides } from '../system/tenant-quota.zod.js';
import type { EndedStep } from './step-records.js';

/** Tenant as stored in the registry, including properties that only the control plane uses. */
export interface TenantRecord {
  /** Tenant as the services return it. */
  tenant: Tenant;
  /** Request key (idempotency key) of the provisioning request; null if it had none. */
  requestKey: string | null;
  /** SHA-256 hash of the request, to detect a different request with the same request key. */
  requestFingerprint: string;
  /** Name of the database, chosen before anything is created. */
  databaseName: string;
  /** Region that the request specified, in which the database is created; null if the request specified none. */
  requestedRegion: TenantRegion | null;
  /** Name of the template database that the tenant's database is a copy of; null if it is created empty. */
  templateDatabase: string | null;
  /**
   * Timestamp of the deadline by which a transitional status must change, or by which the access to the database must
   * match a new status; null if neither is pending.
   */
  deadlineAt: string | null;
  /**
   * Timestamp at which the data was deleted; null if the tenant is not destroyed. The record is retained so that
   * neither its id nor its request key is reused.
   */
  destroyedAt: string | null;
  /** Quotas that differ from those of the plan. Set by `setQuotaOverrides`. Defaults to none. */
  quotaOverrides?: TenantQuotaOverrides | undefined;
}

/** Selection of tenants for a page, latest first. */
export interface TenantQuery {
  /** Identifier of the organization that owns the tenants. Defaults to every organization. */
  organizationId?: string;
  /** Status of the tenants. Defaults to every status. */
  status?: TenantProvisioningStatus;
  /** Creation timestamp and id of the last tenant of the previous page. Defaults to the first page. */
  after?: { createdAt: string; id: string };
  /** Maximum number of tenants to return. */
  limit: number;
}

/** Who requested a change, for the audit log. */
export interface ChangeOrigin {
  /** Identifier of the user who requested the change. Omitted for a change by the control plane itself. */
  actor?: string | undefined;
  /** Identifier of the user's request. */
  requestId?: string | undefined;
  /** Timestamp of the change. Defaults to the current time. */
  at?: string | undefined;
}

/** Selection of entries of the audit log for a page, latest first. */
export interface AuditQuery {
  /** Unique identifier of the tenant. */
  tenantId: string;
  /** Sequence number of the last entry of the previous page. Defaults to the first page. */
  after?: number;
  /** Maximum number of entries to return. */
  limit: number;
}

/** Template database: a database with a deployed bundle, of which databases of tenants are created as copies. */
export interface TemplateRecord {
  /** Name of the database. Also stored in the database as its tenant id (marker), because a template has no tenant. */
  databaseName: string;
  /** SHA-256 hash of what determines the template: its bundle, its region, its server and its group; null if it is being deleted. */
  contentKey: string | null;
  /** Region of the database; null if it was created in no particular region. */
  region: TenantRegion | null;
  /**
   * Status of the template. `building`: the bundle is being deployed; `ready`: the template can be copied; `deleting`:
   * the template can no longer be used.
   */
  status: 'building' | 'ready' | 'deleting';
  /** Timestamp at which the template was last known to be in use. */
  usedAt: string;
}

/** Deployment as stored in the registry. */
export type StoredDeployment = DeploymentRecord & {
  /** Number of times that the record was written or its lease was extended. */
  revision: number;
};

/**
 * Condition for writing the record of a deployment.
 * - `take` with `revision`: the record has not been written or renewed since it was read or, with `null`, does not
 *   exist yet; the write takes the lease under this id, or adds the record. For a process that starts to run the
 *   deployment.
 * - `lease`: the lease with this id was not taken over and has not ended. For the process that runs the deployment.
 * - `revision`: the record has not been written or renewed since it was read; the write ends the lease. For all other
 *   processes.
 */
export type DeploymentGuard =
  | { take: string; revision: number | null; daily?: DailyLimit }
  | { lease: string }
  | { revision: number };

/** Maximum number of deployments that start on the UTC day of the record. */
export interface DailyLimit {
  /** Maximum number of deployments on the day. */
  limit: number;
  /** Timestamp of the start of the UTC day. */
  since: string;
  /** Current timestamp. Reservations that expire at this time or earlier are not counted. */
  now: string;
}

/** Extension of a deployment's lease. */
export interface DeploymentRenewal {
  /** Identifier of the lease that the caller holds. */
  lease: string;
  /** Timestamp of the extension. The duration of the lease starts again at this time. */
  updatedAt: string;
}

/**
 * Change to a tenant. Properties that are omitted remain unchanged. The quotas are derived from the plan and from the
 * tenant's own quotas.
 */
export type TenantChange = Partial<
  Pick<Tenant, 'provisioningStatus' | 'plan' | 'connectionConfig' | 'provisionedAt'>
> &
  Partial<Pick<TenantRecord, 'deadlineAt' | 'destroyedAt'>> & {
    /** Provisioning steps that ended with or before this change; saved in the same transaction. */
    steps?: readonly EndedStep[];
    /** Timestamp at which the data is permanently deleted; null to remove the timestamp. */
    purgeAt?: string | null;
    /** Condition: the change is made only if the deadline of the tenant is before this timestamp. */
    ifOverdueAt?: string;
    /**
     * Condition: the change is made only if the deadline of the tenant is after this timestamp. Required to leave the
     * status `destroying`.
     */
    ifDeadlineAfter?: string;
    /** Condition: the change is made only if the deadline of the tenant is this timestamp. */
    ifDeadlineAt?: string;
    /**
     * Condition: the change is made only if no other process has taken over the lease of the tenant with this fencing
     * token. A change to a status other than `provisioning` then releases the lease.
     */
    lease?: number;
    /** Condition: the change is made only if the encrypted access token of the database has this nonce. */
    ifTokenNonce?: string;
  };

/** Properties of a tenant whose changes the audit log records. */
export interface TenantRecordState {
  /** Status of the tenant. */
  provisioningStatus: TenantProvisioningStatus;
  /** Subscription plan of the tenant. */
  plan: TenantPlan;
  /** Timestamp at which the data of the tenant was deleted; null if the tenant is not destroyed. */
  destroyedAt: string | null;
}
