import type { Rollout, RolloutStatus } from '../system/fleet/rollout.zod.js';
import type { RolloutStrategy } from '../system/fleet/rollout-strategy.zod.js';
import type { RolloutTenant } from '../system/fleet/rollout-tenant.zod.js';
import type { TenantRelease } from '../system/fleet/tenant-release.zod.js';
import type { TenantProvisioningStatus } from '../system/provisioning.zod.js';

/** A tenant of a selection. */
export interface FleetTenant {
  /** Unique identifier of the tenant. */
  id: string;
  /** Status of the tenant. */
  status: TenantProvisioningStatus;
}

/** A rollout as stored in the registry, without its progress. */
export type RolloutRecord = Omit<Rollout, 'progress'> & {
  /** Whether a process drives the rollout, at the time of the call. */
  leaseUntil: string | null;
};

/** A tenant of a rollout as stored in the registry. */
export interface RolloutTenantRecord extends RolloutTenant {
  /** Identifier of the tenant's latest deployment for which the plan was made; null if there was none. */
  baseDeploymentId: string | null;
  /** Whether the tenant has records, so that it is a better canary. */
  hasRecords: boolean;
}

/** Change of a tenant of a rollout. Absent properties are unchanged; `problem` is removed by null. */
export type RolloutTenantChange = Pick<RolloutTenantRecord, 'tenantId'> &
  Partial<
    Pick<
      RolloutTenantRecord,
      'state' | 'baseSchemaHash' | 'planHash' | 'baseDeploymentId' | 'deploymentId' | 'durationMs'
    >
  > & { problem?: RolloutTenantRecord['problem'] | null };

/** How a rollout is started or resumed. */
export interface RolloutStart {
  /** Statuses in which the rollout is started. */
  from: readonly RolloutStatus[];
  /** Strategy to store. */
  strategy: RolloutStrategy;
  /** Sizes of the waves after the canary, to be assigned at the first start. Absent: the waves are unchanged. */
  waves?: readonly number[];
  /** Whether refused and failed tenants are attempted again; of a rollback, those that it failed to roll back. */
  retry: boolean;
  /** New status. Absent: `running`. */
  to?: 'running' | 'rolling_back';
  /** Timestamp of the start. */
  at: string;
}

/** Change of a rollout. Absent properties are unchanged; `bakeUntil`, `accessUntil` and `endedAt` are removed by null. */
export interface RolloutChange {
  /** Statuses in which the rollout is changed. */
  from: readonly RolloutStatus[];
  /** Fencing token. Absent: the change does not depend on the lease. */
  lease?: number;
  /** New status. */
  status?: RolloutStatus;
  /** New wave. */
  wave?: number;
  /** Timestamp at which the next wave starts. */
  bakeUntil?: string | null;
  /** Timestamp until which tenants of the wave are attempted on access. */
  accessUntil?: string | null;
  /** Timestamp at which the rollout ended. */
  endedAt?: string | null;
  /** Timestamp of the change. */
  at: string;
}

/** A tenant that waits to be attempted because it is used. */
export interface RolloutAccess {
  /** Identifier of the rollout. */
  rolloutId: string;
  /** Maximum time for which the access waits, in milliseconds. */
  waitMs: number;
}

/** Number of tenants with the same releases, and the same state in their latest rollout. */
export type TenantReleaseCount = Pick<TenantRelease, 'running' | 'desired' | 'rollout'> & {
  /** Number of tenants. */
  tenants: number;
};
