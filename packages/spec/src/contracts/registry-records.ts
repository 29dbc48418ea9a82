import type { TenantRegion } from '../shared/tenant-region.zod.js';
import type { DeploymentRecord } from '../system/deploy-result.zod.js';
import type {
  ProvisioningStep,
  ProvisioningStepName,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { Tenant } from '../system/tenant.zod.js';
import type { TenantQuotaOverrides } from '../system/tenant-quota.zod.js';

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
  /** Region that the request named, in which the database is created; null if it named none. */
  requestedRegion: TenantRegion | null;
  /** Name of the template database that the tenant's database is a copy of; null if it is created empty. */
  templateDatabase: string | null;
  /**
   * Timestamp of the deadline of a transitional status, or until which the access to the database must correspond to a new
   * status; null if nothing is outstanding.
   */
  deadlineAt: string | null;
  /**
   * Timestamp at which the data was deleted, or null. The row is retained so that neither id nor request key is reused.
   */
  destroyedAt: string | null;
  /** Quotas that differ from those of the plan. Set by `setQuotaOverrides`. Absent: none. */
  quotaOverrides?: TenantQuotaOverrides | undefined;
}

/** Selection of tenants for a page, latest first. */
export interface TenantQuery {
  /** Organization that owns the tenants. Absent: any. */
  organizationId?: string;
  /** Status of the tenants. Absent: any. */
  status?: TenantProvisioningStatus;
  /** Creation timestamp and id of the tenant that the page follows. Absent: the first page. */
  after?: { createdAt: string; id: string };
  /** Maximum number of tenants. */
  limit: number;
}

/** Who requested a change, for the audit log. */
export interface ChangeOrigin {
  /** Identifier of the user. Absent: the change is one of the control plane itself. */
  actor?: string | undefined;
  /** Identifier of the user's request. */
  requestId?: string | undefined;
  /** Timestamp of the change. Absent: the system time of the registry's process. */
  at?: string | undefined;
}

/** Selection of entries of the audit log for a page, latest first. */
export interface AuditQuery {
  /** Unique identifier of the tenant. */
  tenantId: string;
  /** Sequence number of the entry that the page follows. Absent: the first page. */
  after?: number;
  /** Maximum number of entries. */
  limit: number;
}

/** A template database: a bundle was deployed to it, and databases of tenants are created as copies of it. */
export interface TemplateRecord {
  /** Name of the database. Also the tenant id in its marker. */
  databaseName: string;
  /** Identifies what the template contains and where it is stored; null once it is being deleted. */
  contentKey: string | null;
  /** Region of the database; null if it was created in no particular region. */
  region: TenantRegion | null;
  /** `building`: the bundle is being deployed; `ready`: can be copied; `deleting`: can no longer be used. */
  status: 'building' | 'ready' | 'deleting';
  /** Timestamp at which the template was last known to be in use. */
  usedAt: string;
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
  | { take: string; revision: number | null; daily?: DailyLimit }
  | { lease: string }
  | { revision: number };

/** Maximum number of deployments that start on the UTC day of the record. */
export interface DailyLimit {
  limit: number;
  /** Start of the day. */
  since: string;
  /** Current timestamp, for reservations. */
  now: string;
}

/** Extension of a deployment's lease. */
export interface DeploymentRenewal {
  lease: string;
  updatedAt: string;
}

/** Properties of a tenant that can change. Its quotas are derived from its plan and its own quotas. */
export type TenantChange = Partial<
  Pick<Tenant, 'provisioningStatus' | 'plan' | 'connectionConfig' | 'provisionedAt'>
> &
  Partial<Pick<TenantRecord, 'deadlineAt' | 'destroyedAt'>> & {
    /** Provisioning step that the change ends, written together with it. */
    step?: {
      /** Name of the step. */
      name: ProvisioningStepName;
      /** Status that the step ends with. */
      outcome: StepEnd;
    };
    /** Timestamp at which the data is deleted; null if it is not. */
    purgeAt?: string | null;
    /** Changes the tenant only if its deadline is before this timestamp. */
    ifOverdueAt?: string;
    /** Changes the tenant only if its deadline is after this timestamp. Required to leave the status `destroying`. */
    ifDeadlineAfter?: string;
    /** Changes the tenant only if its deadline is this timestamp. */
    ifDeadlineAt?: string;
    /** Fencing token: changes the tenant only if its lease was not taken over. */
    lease?: number;
    /** Changes the tenant only if its sealed token is the one with this nonce. */
    ifTokenNonce?: string;
  };

/** What the audit log records of a tenant. */
export interface TenantRecordState {
  /** Status of the tenant. */
  provisioningStatus: TenantProvisioningStatus;
  /** Subscription plan of the tenant. */
  plan: Tenant['plan'];
  /** Timestamp at which its data was deleted, or null. */
  destroyedAt: string | null;
}

/** Change of a provisioning step. */
export type StepChange = ({ status: 'running'; at: string } | StepEnd) & {
  /** Fencing token: writes the step only if the lease was not taken over. */
  lease?: number;
};

/** How an attempt of a provisioning step ended. */
export type StepEnd =
  | { status: 'completed'; at: string; externalRef?: string }
  | {
      status: 'failed';
      at: string;
      errorCode: NonNullable<ProvisioningStep['errorCode']>;
      retryable: boolean;
    };
