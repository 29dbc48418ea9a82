import type { FleetSelection } from '../system/fleet/fleet-selection.zod.js';
import type { Release, ReleaseChannel } from '../system/fleet/release.zod.js';
import type { RolloutProgress } from '../system/fleet/rollout.zod.js';
import type { RolloutTenantState } from '../system/fleet/rollout-tenant.zod.js';
import type { TenantRelease } from '../system/fleet/tenant-release.zod.js';
import type {
  FleetTenant,
  RolloutAccess,
  RolloutChange,
  RolloutRecord,
  RolloutStart,
  RolloutTenantChange,
  RolloutTenantRecord,
  TenantReleaseCount,
} from './fleet-records.js';

/**
 * Part of the registry that stores releases, channels and rollouts. Acknowledged writes survive a crash. Lists are sorted
 * by code units. Any method may reject like those of `ITenantRegistry`.
 */
export interface IFleetStore {
  /**
   * Adds the release, unless a release with its name or its bundle exists. Returns the stored release; `created` is
   * true if this call added it.
   */
  addRelease(release: Release): Promise<{ release: Release; created: boolean }>;
  /** Returns the release, or null. */
  getRelease(name: string): Promise<Release | null>;
  /** Returns releases, latest first by creation timestamp and name, after a position. */
  listReleases(query: { after?: { createdAt: string; name: string }; limit: number }): Promise<Release[]>;
  /** Adds or replaces the channel. */
  putChannel(channel: ReleaseChannel): Promise<void>;
  /** Returns all channels, sorted by name. */
  listChannels(): Promise<ReleaseChannel[]>;
  /** Sets the channel of a tenant and, if given, its desired release. Idempotent. */
  setTenantChannel(tenantId: string, change: { channel: string; desired?: string | null }): Promise<void>;
  /**
   * Returns the running and the desired release of a tenant according to the registry; for an unknown tenant, the same
   * as for a tenant without releases.
   */
  getTenantRelease(tenantId: string): Promise<TenantRelease>;
  /**
   * Returns a page of the tenants that match the selection, sorted by id: active and suspended tenants or, for a
   * selection with `tenantIds`, tenants in every status. Destroyed tenants are not included.
   */
  selectFleet(selection: FleetSelection, page: { after?: string; limit: number }): Promise<FleetTenant[]>;
  /**
   * Counts the tenants of a selection by running and desired release and by their state in their latest rollout, in no
   * particular order.
   */
  countTenantReleases(selection: FleetSelection): Promise<TenantReleaseCount[]>;
  /**
   * Returns a page of the running and desired releases of the tenants that match the selection, sorted by tenant id.
   */
  listTenantReleases(
    selection: FleetSelection,
    page: { isBehind?: boolean; after?: string; limit: number },
  ): Promise<TenantRelease[]>;
  /** Adds a rollout in the status `planned`. Rejects with `unique_violation` if its id exists. */
  addRollout(record: RolloutRecord): Promise<void>;
  /** Adds tenants to a planned rollout; their positions follow those that were added before. */
  addRolloutTenants(rolloutId: string, tenants: readonly RolloutTenantRecord[]): Promise<void>;
  /** Returns the rollout, or null. */
  getRollout(rolloutId: string): Promise<RolloutRecord | null>;
  /** Returns rollouts, latest first by creation timestamp and id, after a position. */
  listRollouts(query: { after?: { createdAt: string; id: string }; limit: number }): Promise<RolloutRecord[]>;
  /** Returns the ids of the rollouts that a process should drive, but that no process drives at `now`. */
  listAbandonedRollouts(now: string): Promise<string[]>;
  /** Returns the ids of rollouts in the status `planned` that were planned before a timestamp, oldest first. */
  listPlannedRollouts(query: { before: string; limit: number }): Promise<string[]>;
  /**
   * Deletes the tenants of a rollout, and the rollout, in one atomic operation, unless it was started. Idempotent.
   * Returns whether something was deleted.
   */
  discardRollout(rolloutId: string): Promise<boolean>;
  /** Returns whether tenants of any running rollout are migrated when they are used, at the time `now`. */
  hasRolloutsOnAccess(now: string): Promise<boolean>;
  /**
   * Records that a tenant is used, if a running rollout migrates the tenant when it is used: `listRolloutTenants` then
   * returns it for `accessed`. Returns the rollout, or null if no running rollout waits until the tenant is used.
   * Idempotent.
   */
  recordAccess(tenantId: string, now: string): Promise<RolloutAccess | null>;
  /**
   * Starts or resumes a rollout in one atomic operation, only if its status is one of `from`: sets status, strategy and
   * waves, the desired release of its tenants unless the release is that of an app, and attempts refused and failed
   * tenants again if `retry` is set. A canary with tenants for each plan is chosen by the base schema of the plans.
   * Returns the id of another rollout that is active and has one of the tenants, in which case nothing is changed; of
   * concurrent calls for overlapping rollouts, one succeeds.
   */
  startRollout(
    rolloutId: string,
    start: RolloutStart,
  ): Promise<{ changed: boolean; conflict: string | null }>;
  /**
   * Changes the rollout in one atomic compare-and-set operation: only if its status is one of `from` and its lease was
   * not taken over. Returns whether it was changed. With the status `aborted` or `rolled_back`, the desired release of
   * its tenants that do not run it is the previous one again.
   */
  updateRollout(rolloutId: string, change: RolloutChange): Promise<boolean>;
  /**
   * Acquires the lease of a rollout until a timestamp, if no process holds it at `now`. Returns its fencing token,
   * which is higher than every earlier one; null if the lease is held or the rollout does not exist.
   */
  takeRolloutLease(rolloutId: string, lease: { now: string; until: string }): Promise<number | null>;
  /**
   * Changes the expiry of a lease; an expiry in the past releases it. Returns false, without a change, if another
   * process has taken the lease over.
   */
  extendRolloutLease(rolloutId: string, lease: { token: number; until: string }): Promise<boolean>;
  /** Returns a page of the tenants of a rollout, sorted by their position in the plan. */
  listRolloutTenants(
    rolloutId: string,
    query: {
      states?: readonly RolloutTenantState[];
      wave?: number;
      after?: number;
      descending?: boolean;
      /** If `true`, only tenants whose use was recorded by `recordAccess`. Defaults to `false`: all tenants. */
      accessed?: boolean;
      limit: number;
    },
  ): Promise<(RolloutTenantRecord & { position: number })[]>;
  /** Writes changes to tenants atomically, if the lease of the rollout was not taken over; otherwise returns false. */
  saveRolloutTenants(
    rolloutId: string,
    changes: readonly RolloutTenantChange[],
    lease: number,
  ): Promise<boolean>;
  /** Counts the tenants of a rollout by state, error code and wave. */
  countRolloutTenants(rolloutId: string): Promise<RolloutProgress>;
  /** Returns the average duration of attempts by plan hash, in milliseconds, without plans that were never executed. */
  averageDurations(planHashes: readonly string[]): Promise<Record<string, number>>;
}
