import type { PageRequestInput } from '../shared/page.zod.js';
import type { AppManifestInput } from '../system/app-install.zod.js';
import type { DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { FleetSelection } from '../system/fleet/fleet-selection.zod.js';
import type { Release, ReleaseChannel, ReleasePage } from '../system/fleet/release.zod.js';
import type { Rollout, RolloutPage } from '../system/fleet/rollout.zod.js';
import type { RolloutPlan } from '../system/fleet/rollout-plan.zod.js';
import type { RolloutStrategyInput } from '../system/fleet/rollout-strategy.zod.js';
import type { RolloutTenantListRequestInput, RolloutTenantPage } from '../system/fleet/rollout-tenant.zod.js';
import type { RolloutUpgradeInput } from '../system/fleet/rollout-upgrade.zod.js';
import type { TenantRelease } from '../system/fleet/tenant-release.zod.js';
import type { CallOptions } from './call-options.js';
import type { AbortOptions } from './driver-call.js';
import type { IFleetReads } from './fleet-reads.js';

/** Options for creating a release: its name, and the call options. */
export interface CreateReleaseOptions extends CallOptions {
  /** Name of the new release, unique among releases. */
  name: string;
}

/** Options for planning a rollout. */
export interface PlanRolloutOptions extends CallOptions {
  /** Maximum number of tenants that are read at the same time, from 1 to 64. Defaults to 16. */
  concurrency?: number;
  /**
   * How the app is upgraded in each tenant. Only for the release of an app; rejected with `invalid_request` for a
   * release of a bundle. Defaults to keeping what tenants changed, and to no downgrade.
   */
  upgrade?: RolloutUpgradeInput;
}

/**
 * Releases, and rollouts of a release to many tenants. For operators: every method sees the tenants of all
 * organizations, so a service must authorize its callers. Methods that take the name of a release reject with
 * `release_not_found`, and those that take the id of a rollout with `rollout_not_found`.
 */
export interface IFleetService extends IFleetReads {
  /**
   * Validates and stores the bundle, and gives it a name. Idempotent. Rejects with `invalid_request`, with
   * `invalid_bundle`, `unsupported_protocol_version` and `bundle_too_large`, with `bundle_store_unavailable` or
   * `bundle_store_refused` if it cannot be stored, and with `release_exists` if the name belongs to another bundle, or
   * the bundle to another release, whose name is `details.release`.
   */
  createRelease(bundle: DeployBundleInput, options: CreateReleaseOptions): Promise<Release>;

  /**
   * Stores a version of an app, and gives it a name. A rollout of this release upgrades the app in every selected tenant
   * that has it. Contains no settings: each tenant keeps its own. Idempotent. Rejects with `invalid_request` if the
   * manifest is malformed, with `bundle_store_unavailable` or `bundle_store_refused` if it cannot be stored, and with
   * `release_exists` like `createRelease`.
   */
  createAppRelease(manifest: AppManifestInput, options: CreateReleaseOptions): Promise<Release>;

  /** Returns the release. */
  getRelease(name: string): Promise<Release>;

  /** Returns a page of the releases, latest first. Rejects with `invalid_request`. */
  listReleases(page?: PageRequestInput): Promise<ReleasePage>;

  /**
   * Sets the release that new tenants of the channel are created with; with null, they are created without a release.
   * Existing tenants are moved by a rollout. Adds the channel if it does not exist. Idempotent. Rejects with
   * `invalid_request`, also for the release of an app.
   */
  setChannel(channel: string, release: string | null, options?: CallOptions): Promise<ReleaseChannel>;

  /** Returns all channels, sorted by name. */
  listChannels(): Promise<ReleaseChannel[]>;

  /**
   * Assigns the tenant to the channel. The release of the tenant remains unchanged. Idempotent. Rejects with
   * `tenant_not_found` and with `invalid_request`.
   */
  setTenantChannel(tenantId: string, channel: string, options?: CallOptions): Promise<TenantRelease>;

  /**
   * Returns the release that the tenant runs, the one that it should run, and why they differ, from the registry alone.
   * Rejects with `tenant_not_found`.
   */
  getTenantRelease(tenantId: string): Promise<TenantRelease>;

  /**
   * Plans a rollout of the release to the selected tenants, all by default, and stores the plan. Tenants with the same
   * schema have one migration plan; its preflight checks run in each of them. Changes no tenant. A tenant that cannot
   * be read or to which the release cannot be deployed is refused, with the reason, and does not make the call reject.
   * The release of an app is rolled out to the selected tenants that have the app, each like
   * `IAppLifecycleService.upgradeApp`: its seed data is written or the upgrade is undone. It does not change the desired
   * release of the tenants, which is that of their own bundle.
   *
   * Rejects with `invalid_request`, also if the selection matches no tenant, with `bundle_not_found` or
   * `bundle_corrupt` if the bundle of the release is lost, with `bundle_store_unavailable` and `bundle_store_refused`,
   * and with `aborted`. A plan that is not started within seven days is removed.
   */
  planRollout(
    release: string,
    selection?: FleetSelection,
    options?: PlanRolloutOptions,
  ): Promise<RolloutPlan>;

  /**
   * Starts a planned rollout: sets the desired release of its tenants, and deploys wave by wave in the background of
   * this process until the rollout is finished or the runtime is closed. `waitForRollout` waits for it. If the process
   * terminates, `sweep` or `resumeRollout` continues the rollout in any other process; a lease permits one process at a
   * time. A tenant whose schema changed after planning gets a new plan, whose changes must be approved too. Idempotent
   * with the same strategy.
   *
   * With the mode `on_access`, a tenant of the last wave is attempted when its driver is next requested from the router
   * of any process, which waits for at most `waitMs`; after the deadline, the remaining tenants are attempted. A tenant
   * that is not migrated in time, or whose migration fails, is used with its current release. Another process notices
   * the start within five seconds.
   *
   * Rejects, with nothing changed, with `invalid_request` (also for a canary tenant that is not in the plan or is
   * refused, for an approval that is not in the plan, and if the refused tenants exceed the error budget, so that the
   * rollout could never complete), with `destructive_not_allowed` if `allow` lacks the id of an approval of the plan,
   * with `invalid_state` if it was started with another strategy or has ended, and with `rollout_conflict` if a tenant
   * is in another rollout that has not ended, whose id is `details.rolloutId`.
   */
  startRollout(
    plan: RolloutPlan | string,
    strategy?: RolloutStrategyInput,
    options?: CallOptions,
  ): Promise<Rollout>;

  /** Returns the rollout with its progress: after it has ended, the final report. */
  getRollout(rolloutId: string): Promise<Rollout>;

  /** Returns a page of the rollouts, latest first. Rejects with `invalid_request`. */
  listRollouts(page?: PageRequestInput): Promise<RolloutPage>;

  /** Returns a page of the tenants of the rollout, in the order of the plan. Rejects with `invalid_request`. */
  listRolloutTenants(rolloutId: string, request?: RolloutTenantListRequestInput): Promise<RolloutTenantPage>;

  /** Waits until no process drives the rollout, and returns the rollout. Rejects with `aborted`. */
  waitForRollout(rolloutId: string, options?: AbortOptions): Promise<Rollout>;

  /**
   * Returns the rollout whenever its progress has changed, whichever process drives it, until no process drives it.
   * Iterating rejects like `waitForRollout`.
   */
  watchRollout(rolloutId: string, options?: AbortOptions): AsyncIterable<Rollout>;

  /**
   * Pauses a running rollout: no further tenant is started. Deployments in progress are completed; `waitForRollout`
   * waits for those of this process. Idempotent. Rejects with `invalid_state` if the rollout has ended.
   */
  pauseRollout(rolloutId: string, options?: CallOptions): Promise<Rollout>;

  /**
   * Continues a rollout that was paused, stopped or interrupted, or that is completed with failures: refused and failed
   * tenants are attempted again. Of a rollout that was rolled back, it rolls back the tenants again whose state is
   * `rollback_failed`. Changes the error budget if one is given. If another process drives the rollout, this process
   * only takes over when that process terminates. Rejects with `invalid_request`, with `invalid_state` if it was not
   * started, was aborted, or was rolled back in every tenant, and with `rollout_conflict` like `startRollout`.
   */
  resumeRollout(
    rolloutId: string,
    options?: CallOptions & Pick<RolloutStrategyInput, 'errorBudget' | 'errorBudgets'>,
  ): Promise<Rollout>;

  /**
   * Ends a rollout permanently, also one that was only planned. Tenants that run the release continue to do so; it is
   * no longer the desired release of the other tenants. Idempotent. Rejects with `invalid_state` if the rollout is
   * being, or was, rolled back.
   */
  abortRollout(rolloutId: string, options?: CallOptions): Promise<Rollout>;

  /**
   * Rolls back, in the background, every deployment that the rollout made: in the reverse order, each like
   * `IDeployPipelineService.rollbackDeployment`. A tenant to which another deployment was made since is not rolled back
   * and has the state `rollback_failed`; `resumeRollout` attempts its rollback again. A tenant whose database was
   * restored to a time before the deployment has nothing to roll back. A deployment of the same plan by someone else,
   * before the turn of the tenant, counts as one of the rollout. Idempotent. Rejects with `invalid_state` if the
   * rollout was not started, and with `rollout_conflict` like `startRollout`.
   */
  rollbackRollout(rolloutId: string, options?: CallOptions): Promise<Rollout>;
}
