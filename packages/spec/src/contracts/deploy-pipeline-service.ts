import type { SeedEnvironment } from '../data/seed.zod.js';
import type { DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { DeployResult } from '../system/deploy-result.zod.js';
import type { DeployStatus } from '../system/deploy-status.zod.js';
import type { DeployValidationResult } from '../system/deploy-validation.zod.js';
import type { MigrationPlan } from '../system/migration-plan.zod.js';
import type { TenantPlan } from '../system/provisioning.zod.js';
import type { RollbackResult } from '../system/rollback-result.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for executing a deployment. */
export interface ExecuteDeploymentOptions extends CallOptions {
  /**
   * Identifiers of the changes and findings that the caller approves: changes of the plan that require approval, and
   * findings `replace_records:<object>`, which permit seed data of the mode replace to remove records that seed data
   * did not create. Defaults to none.
   */
  allow?: readonly string[];
  /**
   * Environment of the deployment: seed datasets for other environments are not written. Defaults to the environment of the
   * runtime, which is prod unless configured otherwise.
   */
  environment?: SeedEnvironment;
  /**
   * Callback that is called with each status that the deployment enters, for example to show progress. Errors that the
   * callback throws are ignored. Defaults to none.
   */
  onStatus?: (status: DeployStatus) => void;
}

/** Options for a rollback. */
export interface RollbackDeploymentOptions extends CallOptions {
  /** Whether to first roll back all later deployments that are in effect, newest first. Defaults to false. */
  includeLater?: boolean;
  /**
   * Approvals. The only valid entry is `exceeds_lock_budget`, which runs the rollback although the server may abort its
   * transaction while other clients wait. The changes of a rollback need no approval. Defaults to none.
   */
  allow?: readonly string[];
}

/** Options for validating a bundle. */
export interface ValidateBundleOptions {
  /** Previous version of the bundle to compare with. If omitted, nothing is compared. */
  since?: unknown;
  /**
   * Subscription plan whose quotas the bundle must not exceed. If omitted, no quotas are checked. Objects of the apps
   * of a tenant also count, but only when a deployment is planned.
   */
  plan?: TenantPlan;
}

/** Deploys versions of an application to a tenant. Methods that take a tenant id reject like the router's. */
export interface IDeployPipelineService {
  /**
   * Validates a bundle without accessing a tenant. If the previous version is given, `changes` lists the effects on
   * databases that have it. If a subscription plan is given, a bundle with more objects than it allows has the error
   * `quota_exceeded`. Every bundle yields a result; throws only `invalid_request`, for invalid options. Synchronous: a
   * bundle at its limits blocks the event loop for about a second, with many expressions in its seed data longer, so
   * untrusted bundles are best validated in a worker thread. `planDeployment` runs the same checks and yields to the
   * event loop while it runs.
   */
  validateBundle(bundle: unknown, options?: ValidateBundleOptions): DeployValidationResult;

  /**
   * Plans the deployment of the bundle to this tenant. Does not change the database; stores the bundle for the
   * execution. `findings` include the number of records that seed data of mode replace would remove, including those
   * deleted by cascade. Rejects with `invalid_bundle`, `unsupported_protocol_version`, `quota_exceeded`,
   * `object_conflict`, `schema_mismatch`, and `not_supported`, naming the change, and with `bundle_store_unavailable`
   * or `bundle_store_refused` if the bundle cannot be stored.
   */
  planDeployment(tenantId: string, bundle: DeployBundleInput, options?: CallOptions): Promise<MigrationPlan>;

  /**
   * Executes a plan: changes tables, metadata and history in one transaction, verifies the schema by reading it back,
   * and writes the seed data. Idempotent: if the plan was the latest to be executed, its first result is returned, and
   * interrupted seed data is resumed. If the bundle is already in effect, no deployment is added: the outcome is
   * `unchanged`, with the id of the latest deployment, and interrupted seed data is resumed as well. Deploying a
   * different bundle with the same metadata is a new deployment.
   *
   * Rejects, with nothing changed, with `invalid_plan`, `unsupported_protocol_version`, `bundle_not_found`,
   * `bundle_corrupt`, `bundle_store_unavailable`, `bundle_store_refused`, `quota_exceeded`, `plan_stale`,
   * `destructive_not_allowed`, `invalid_request` (an approved change is not in the plan), and `schema_mismatch` if an
   * interrupted deployment cannot be resumed because its tables were changed outside of a deployment. **A later failure
   * does not reject**: it yields a result with status `failed`, whose error `assertReady` throws; `deploy` always
   * rejects. If the failure is retryable, the call rejects with its error. Seed data that would remove records which
   * seed data did not create, and which were added after the start of the call, fails with `destructive_not_allowed`;
   * with its id in `allow` the same plan can be executed again.
   */
  executeDeployment(
    tenantId: string,
    plan: MigrationPlan,
    options?: ExecuteDeploymentOptions,
  ): Promise<DeployResult>;

  /**
   * Rolls back the latest deployment in effect: restores the objects, fields, names, types and values that existed
   * before it, and preserves records that were written since. Then the previous deployment is the latest one in effect.
   * To roll back an earlier deployment, set `includeLater`: the later ones are rolled back first, newest first, each
   * completely or not at all, and an interrupted call is resumed by repeating it. Each rollback is a deployment of its
   * own, whose record has `rollbackOf`. The result lists all of them, and `findings` what was not restored and why. The
   * latest rollback can itself be rolled back, which redoes its deployment. Idempotent: if it is rolled back already,
   * the outcome is `already_applied`.
   *
   * In the same transaction, records and lookups that the deployment's seed data removed, cleared or overwrote are
   * restored, unless they were written since; records that the seed data created remain, and `findings` count them. No
   * seed data is written.
   *
   * Rejects, with nothing changed, with `deployment_not_found`, `not_latest` (`details.later` lists the later
   * deployments), `undo_expired` if anything that the deployment or its seed data removed, cleared or overwrote is no
   * longer retained, `plan_stale` if records are written faster than the rollback can be planned, `invalid_request`
   * (`allow` contains anything but `exceeds_lock_budget`), and, with nothing changed by that step,
   * `exceeds_lock_budget` (approve it in `allow`), `schema_mismatch`, or, because of data written since,
   * `unique_violation`, `foreign_key_violation` or `not_null_violation`.
   */
  rollbackDeployment(
    tenantId: string,
    deploymentId: string,
    options?: RollbackDeploymentOptions,
  ): Promise<RollbackResult>;
}

/** A bundle as it is passed to the pipeline. */
export type { DeployBundleInput };
