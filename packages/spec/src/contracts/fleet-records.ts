import type { Rollout, RolloutStatus } from '../system/fleet/rollout.zod.js';
import type { RolloutStrategy } from '../system/fleet/rollout-strategy.zod.js';
import type { RolloutTenant } from '../system/fleet/rollout-tenant.zod.js';
import type { TenantRelease } from '../system/fleet/tenant-release.zod.js';
import type { TenantProvisioningStatus } from '../system/provisioning.zod.js';

/** Tenant that a selection matches. */
export interface FleetTenant {
  /** Unique identifier of the tenant. */
  id: string;
  /** Status of the tenant. */
  status: TenantProvisioningStatus;
}

/** Rollout as stored in the registry, without its progress. */
export type RolloutRecord = Omit<Rollout, 'progress'> & {
  /** Timestamp at which the lease of the process that drives the rollout expires; null if no process has a lease. */
  leaseUntil: string | null;
};

/** Tenant of a rollout as stored in the registry. */
export interface RolloutTenantRecord extends RolloutTenant {
  /** Identifier of the tenant's latest deployment for which the plan was made; null if there was none. */
  baseDeploymentId: string | null;
  /** Whether the tenant has records. Tenants with records are preferred for the canary. */
  hasRecords: boolean;
}

/** Change of a tenant of a rollout. Properties that are omitted remain unchanged; `problem` is removed by null. */
export type RolloutTenantChange = Pick<RolloutTenantRecord, 'tenantId'> &
  Partial<
    Pick<
      RolloutTenantRecord,
      'state' | 'baseSchemaHash' | 'planHash' | 'baseDeploymentId' | 'deploymentId' | 'durationMs'
    >
  > & {
    /** New problem; null removes the current one. */
    problem?: RolloutTenantRecord['problem'] | null;
  };

/** Parameters of starting or resuming a rollout. */
export interface RolloutStart {
  /** Statuses in which the rollout may be; in any other status, nothing is changed. */
  from: readonly RolloutStatus[];
  /** Strategy to store. */
  strategy: RolloutStrategy;
  /**
   * Sizes of the waves after the canary, which are assigned at the first start. If omitted, the waves remain unchanged.
   */
  waves?: readonly number[];
  /** Whether refused and failed tenants are attempted again; in a rollback, the tenants whose rollback failed. */
  retry: boolean;
  /** New status of the rollout. Defaults to `running`. */
  to?: 'running' | 'rolling_back';
  /** Timestamp of the start. */
  at: string;
}

/**
 * Change of a rollout. Properties that are omitted remain unchanged; `bakeUntil`, `accessUntil` and `endedAt` are
 * removed by null.
 */
export interface RolloutChange {
  /** Statuses in which the rollout may be; in any other status, nothing is changed. */
  from: readonly RolloutStatus[];
  /**
   * Fencing token of the lease that must not have been taken over. If omitted, the change does not depend on the lease.
   */
  lease?: number;
  /** New status of the rollout. */
  status?: RolloutStatus;
  /** Number of the new current wave. */
  wave?: number;
  /** Timestamp at which the next wave starts; null to remove it. */
  bakeUntil?: string | null;
  /** Timestamp until which tenants of the current wave are migrated only when they are used; null to remove it. */
  accessUntil?: string | null;
  /** Timestamp at which the rollout was completed, aborted or rolled back; null to remove it. */
  endedAt?: string | null;
  /** Timestamp of the change. */
  at: string;
}

/** Rollout that a tenant waits for, because the tenant is used. */
export interface RolloutAccess {
  /** Identifier of the rollout. */
  rolloutId: string;
  /** Maximum time for which the access to the tenant waits for its migration, in milliseconds. */
  waitMs: number;
}

/** Number of tenants with the same running and desired release, and the same state in their latest rollout. */
export type TenantReleaseCount = Pick<TenantRelease, 'running' | 'desired' | 'rollout'> & {
  /** Number of tenants. */
  tenants: number;
};
