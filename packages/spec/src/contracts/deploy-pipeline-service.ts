import type { SeedEnvironment } from '../data/seed.zod.js';
import type { DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { DeployResult } from '../system/deploy-result.zod.js';
import type { DeployStatus } from '../system/deploy-status.zod.js';
import type { DeployValidationResult } from '../system/deploy-validation.zod.js';
import type { MigrationPlan } from '../system/migration-plan.zod.js';
import type { CallOptions } from './call-options.js';

/** What the caller of a deployment allows and listens to. */
export interface ExecuteDeploymentOptions extends CallOptions {
  /**
   * Ids of changes of the plan that need approval, and of findings `replace_records:<object>`: a seed of the mode
   * replace may then remove records that no seed created.
   */
  allow?: readonly string[];
  /** Environment whose seed sets are written. Absent: prod. */
  environment?: SeedEnvironment;
  /** Hears every status as it is reached. It only listens: what it throws is dropped. */
  onStatus?: (status: DeployStatus) => void;
}

/** Options of a rollback. */
export interface RollbackDeploymentOptions extends CallOptions {
  /** Whether to roll back the deployments above it on the undo stack first, newest first. Absent: false. */
  includeLater?: boolean;
}

export interface ValidateBundleOptions {
  /** The version before. Absent: nothing is compared. */
  since?: unknown;
}

/** Brings a version of an application into a tenant. Methods that take a tenant id reject like the router's. */
export interface IDeployPipelineService {
  /**
   * Checks a bundle without a tenant, and, against the version before, what it would do to those who have that one:
   * `changes` lists what it removes, without a database. Never throws: whatever is handed in gives a result. Synchronous:
   * a bundle at its limits holds the event loop for about a second, so what comes from outside is best validated in a worker
   * thread. `planDeployment` makes the same checks and lets the event loop turn meanwhile.
   */
  validateBundle(bundle: unknown, options?: ValidateBundleOptions): DeployValidationResult;

  /**
   * What deploying the bundle would do to this tenant. Changes no database; stores the bundle for the execution.
   * `findings` also count the records that seeds of the mode replace would remove, those deleted by cascade included.
   * Rejects with `invalid_bundle`, `unsupported_protocol_version`, `quota_exceeded`, `object_conflict`,
   * `schema_mismatch`, and `not_supported`, naming the change.
   */
  planDeployment(tenantId: string, bundle: DeployBundleInput, options?: CallOptions): Promise<MigrationPlan>;

  /**
   * Runs a plan: tables, metadata and history in one transaction, then the schema is read back, then come the seeds.
   * Harmless to repeat: a plan that was the latest to run gives its first result, and seeds that were interrupted go on.
   * A bundle that is in effect already adds no deployment: its outcome is `unchanged`, with the id of the latest
   * deployment, and its seeds go on too if they were interrupted. Another bundle with the same metadata is a deployment.
   * What keeps it from starting is thrown, with nothing changed: `invalid_plan`, `unsupported_protocol_version`,
   * `bundle_not_found`, `bundle_corrupt`, `quota_exceeded`, `plan_stale`, `destructive_not_allowed`, `invalid_request`
   * (something is allowed that the plan does not have), and `schema_mismatch` when a deployment that
   * was interrupted cannot go on because its tables were changed outside of a deployment. What stops it later gives a result with
   * status `failed`, unless the same call may simply be made again: that error is thrown. A seed that would remove records
   * that no seed created, and that came after the start, fails with `destructive_not_allowed`; with its id in `allow` the
   * same plan goes on.
   */
  executeDeployment(
    tenantId: string,
    plan: MigrationPlan,
    options?: ExecuteDeploymentOptions,
  ): Promise<DeployResult>;

  /**
   * Undoes the deployment on top of the undo stack: objects, fields, names, types and values are as they were before it,
   * and records that were written since stay. Then the one before it is on top. An older one is undone together with
   * those above it if `includeLater` says so: newest first, each completely or not at all, and a call that was interrupted
   * is continued by repeating it. Each is a deployment of its own, whose record says `rollbackOf` and in its result, under
   * `findings`, what was not restored and why. The rollback that was made last can itself be rolled back, which redoes
   * its deployment. Harmless to repeat.
   *
   * In the same transaction, what the deployment's seeds removed, emptied or wrote over is restored, unless it was
   * written since; records that they created stay, and `findings` count them. No seeds are written.
   *
   * Rejects, with nothing changed, with `deployment_not_found`, `not_latest` (`details.later` lists the deployments above
   * it), `undo_expired`, `plan_stale` when records are written faster than the rollback can be planned, and, with nothing
   * changed by that step, `schema_mismatch`, or, because of what was written since, `unique_violation`,
   * `foreign_key_violation` or `not_null_violation`.
   */
  rollbackDeployment(
    tenantId: string,
    deploymentId: string,
    options?: RollbackDeploymentOptions,
  ): Promise<void>;
}

/** A bundle as it is handed to the pipeline. */
export type { DeployBundleInput };
