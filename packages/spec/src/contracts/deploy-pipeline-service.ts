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
   * Ids of changes of the plan that may take data away, and of findings `replace_records:<object>`: a seed of the mode
   * replace may then remove records that no seed created.
   */
  allow?: readonly string[];
  /** Environment whose seed sets are written. Absent: prod. */
  environment?: SeedEnvironment;
  /** Hears every status as it is reached. It only listens: what it throws is dropped. */
  onStatus?: (status: DeployStatus) => void;
}

export interface ValidateBundleOptions {
  /** The version before. Absent: nothing is compared. */
  since?: unknown;
}

/** Brings a version of an application into a tenant. Methods that take a tenant id reject like the router's. */
export interface IDeployPipelineService {
  /**
   * Checks a bundle without a tenant, and, against the version before, what it would do to those who have that one:
   * `changes` says what it takes away before anybody connects. Never throws: whatever is handed in gives a result.
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
   * What keeps it from starting is thrown, with nothing changed: `invalid_plan`, `unsupported_protocol_version`,
   * `bundle_not_found`, `bundle_corrupt`, `quota_exceeded`, `plan_stale`, `destructive_not_allowed`, `invalid_request`
   * (something is allowed that the plan does not have), and `schema_mismatch` when a deployment that
   * was interrupted cannot go on because its tables were changed by hand. What stops it later gives a result with
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
   * Undoes the latest deployment: objects, fields, names, types and values are as they were before it, and records that
   * were written since stay. It is a deployment of its own, whose record says `rollbackOf` and in its result, under
   * `findings`, what did not come back and why; it can be undone in its turn. Harmless to repeat.
   *
   * First, in a transaction of its own, what the deployment's seeds removed, emptied or wrote over is restored, unless it
   * was written since; records that they created stay, and `findings` count them. No seeds are written.
   *
   * Rejects, with nothing changed, with `deployment_not_found`, `not_latest`, `undo_expired`, `schema_mismatch`, or, with
   * nothing changed but what the seeds had done, because of what was written since, with `unique_violation`,
   * `foreign_key_violation` or `not_null_violation`.
   */
  rollbackDeployment(tenantId: string, deploymentId: string, options?: CallOptions): Promise<void>;
}

/** A bundle as it is handed to the pipeline. */
export type { DeployBundleInput };
