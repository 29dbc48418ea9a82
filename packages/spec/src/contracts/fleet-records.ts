import type { Rollout, RolloutStatus } from '../system/fleet/rollout.zod.js';
import type { RolloutStrategy } from '../system/fleet/rollout-strategy.zod.js';
import type { RolloutTenant } from '../system/fleet/rollout-tenant.zod.js';
import type { TenantRelease } from '../system/fleet/tenant-release.zod.js';
import type { TenantProvisioningStatus } from '../system/provisioning.zod.js';

/** Tenant in a selection. */
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
  /** Identifier of the tenant's latest deployment when the plan was created; null if there was none. */
  baseDeploymentId: string | null;
  /** Whether the tenant has records. Tenants with records are preferred for the canary. */
  hasRecords: boolean;
}

/** Change to a tenant in a rollout. Properties that are omitted remain unchanged; null removes `problem`. */
export type RolloutTenantChange = Pick<RolloutTenantRecord, 'tenantId'> &
  Partial<
    Pick<
      RolloutTenantRecord,
      'state' | 'baseSchemaHash' | 'planHash' | 'baseDeploymentId' | 'deploymentId' | 'durationMs'
    >
  > & {
    /** New problem; null removes the current one. If omitted, it remains unchanged. */
    problem?: RolloutTenantRecord['problem'] | null;
  };

/** Parameters for starting or resuming a rollout. */
export interface RolloutStart {
  /** Permitted current statuses of the rollout; in any other status, nothing is changed. */
  from: readonly RolloutStatus[];
  /** Strategy of the rollout to store. */
  strategy: RolloutStrategy;
  /**
   * Sizes of the waves after the canary, which are assigned at the first start. If omitted, the waves remain unchanged.
   */
  waves?: readonly number[];
  /** Whether refused and failed tenants are attempted again or, in a rollback, the tenants whose rollback failed. */
  retry: boolean;
  /**
   * New status of the rollout. Defaults to `running`. With `rolling_back`, `bakeUntil` and `accessUntil` are removed.
   */
  to?: 'running' | 'rolling_back';
  /** Timestamp at which the rollout is started or resumed. */
  at: string;
}

/**
 * Change to a rollout. Properties that are omitted remain unchanged; null removes `bakeUntil`, `accessUntil` and `endedAt`.
 */
export interface RolloutChange {
  /** Permitted current statuses of the rollout; in any other status, nothing is changed. */
  from: readonly RolloutStatus[];
  /**
   * Fencing token (number) of the lease that the caller holds: nothing is changed if another process has taken the lease
   * over. If omitted, the change does not depend on the lease.
   */
  lease?: number;
  /** New status of the rollout. If omitted, it remains unchanged. */
  status?: RolloutStatus;
  /** Number of the new current wave, where 0 is the canary. If omitted, it remains unchanged. */
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

/** Rollout by which a tenant has to be migrated before it is used. */
export interface RolloutAccess {
  /** Identifier of the rollout. */
  rolloutId: string;
  /** Maximum time for which the access to the tenant waits for its migration, in milliseconds. */
  waitMs: number;
}

/** Number of tenants with the same running and desired release, and the same state in their latest rollout. */
export type TenantReleaseCount = Pick<TenantRelease, 'running' | 'desired' | 'rollout'> & {
  /** Number of tenants with these properties. */
  tenants: number;
};
