import type { SQLDialect } from '../data/driver-sql.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { Baseline } from '../system/baseline.zod.js';
import type { DeployDiff } from '../system/deploy-diff.zod.js';
import type { DeploymentEntry } from '../system/deployment-entry.zod.js';
import type { Drift } from '../system/drift.zod.js';
import type { LintFinding } from '../system/lint.zod.js';
import type { MigrationPlan, PreflightFinding } from '../system/migration-plan.zod.js';
import type { CurrentSchema, MigrationResult } from '../system/schema.zod.js';
import type { AppliedBaseline, ApplyBaselineOptions, PlanBaselineOptions } from './applied-baseline.js';
import type { IDataDriver } from './data-driver.js';
import type { AbortOptions } from './driver-call.js';
import type { DiffOptions, PlanRollbackOptions } from './rollback-source.js';
import type {
  ApplyMigrationsOptions,
  GenerateMigrationsOptions,
  PlanMigrationsOptions,
} from './schema-diff-options.js';
import type { LintOptions, SchemaVersion } from './schema-version.js';

/**
 * Compares the metadata and schema of a database with new metadata, and migrates the database. Methods that take a
 * driver reject like any call of the driver.
 */
export interface ISchemaDiffService {
  /** Reads the tables and the metadata in one snapshot. Changes nothing. Parts of the result may be frozen. */
  introspect(driver: IDataDriver, options?: AbortOptions): Promise<CurrentSchema>;

  /**
   * Returns the entries of the deployment history, oldest first; an empty list if nothing was deployed. Changes
   * nothing. The entries in effect form a stack: a deployment is pushed onto it, and its rollback removes it. Until the
   * next deployment, rolling back the latest rollback redoes its deployment.
   */
  readHistory(driver: IDataDriver): Promise<DeploymentEntry[]>;

  /**
   * Returns the differences between the new objects and the deployed ones. Pure and deterministic; the order of objects
   * and fields does not matter. Parts of the result may be frozen. `renamedFrom` turns a removal and an addition into a
   * rename. In a database that skipped versions, the data is found under any of the previous names in a list; if only
   * one name is given and it is not deployed, the change has the risk `unproven_rename`. Throws `object_conflict` if an
   * unmanaged table has the name of a new object, or if something that is removed or renamed is referenced by an
   * unmanaged object or by an object of another owner; `schema_mismatch` if a deployed table was changed outside of a
   * deployment; and `invalid_request` if an object is given twice, the previous names are ambiguous, or a new or
   * changed field cannot store its own default or backfill value.
   */
  diff(current: CurrentSchema, desired: readonly ObjectDefinition[], options?: DiffOptions): DeployDiff;

  /**
   * Returns the effects of a new version on databases that have the previous one, without accessing a database: what is
   * removed, what depends on the data, what breaks client code and what looks like a rename; the most severe first.
   * Pure. Throws like `diff`.
   */
  lint(before: SchemaVersion, after: SchemaVersion, options?: LintOptions): LintFinding[];

  /**
   * Returns the differences between the live schema of a database and the deployed schema, each with the statements
   * that would create it. Pure.
   */
  findDrift(current: CurrentSchema): Drift[];

  /**
   * Generates the plan for a diff. Pure; the same input yields identical bytes. Parts of the plan may be frozen. Throws
   * `not_supported`, naming the change.
   */
  generateMigrations(
    diff: DeployDiff,
    dialect: SQLDialect,
    options?: GenerateMigrationsOptions,
  ): MigrationPlan;

  /**
   * Returns the plan that `generateMigrations` generates for `diff`, in the dialect of `current`, and rejects as they
   * throw. Yields to the event loop while it works; `current` and `desired` must not change until then.
   */
  planMigrations(
    current: CurrentSchema,
    desired: readonly ObjectDefinition[],
    options?: PlanMigrationsOptions,
  ): Promise<MigrationPlan>;

  /**
   * Reads a plan, for example from JSON, without its findings and warnings; later changes to the value do not affect the
   * result. Accesses no database. Rejects with `unsupported_protocol_version` for a newer protocol, `not_supported` for
   * another dialect, and `invalid_plan` for a value that is not a plan or not the plan that its diff leads to, such as a
   * plan that was modified.
   */
  readPlan(value: unknown, options?: AbortOptions): Promise<MigrationPlan>;

  /**
   * Runs each preflight check of the plan and returns the number of records that the check counted. Changes nothing.
   * Rejects with `object_conflict` if an unmanaged view is broken, because the database could then not rename anything.
   */
  runPreflight(driver: IDataDriver, plan: MigrationPlan, options?: AbortOptions): Promise<PreflightFinding[]>;

  /**
   * Applies the plan: DDL, metadata and history entry in one transaction. Idempotent: if the plan was the latest to be
   * applied, nothing is executed. A plan without changes whose bundle, if any, is in effect yields the outcome
   * `unchanged` and adds no entry to the history. Removed data is retained in the same transaction.
   *
   * Rejects, with nothing changed, with `invalid_plan` (its hash is wrong), `plan_stale` (the schema is not the plan's
   * base schema), `destructive_not_allowed` (changes that remove data, weaken integrity or may miss a rename were not
   * approved; `details.changes` lists their ids), `exceeds_lock_budget` (the server would abort the transaction while
   * others wait; can be approved by this code in `allow`), `invalid_request` (an approved change is not in the plan),
   * `object_conflict` (like `runPreflight`), for a rollback `not_latest` and `undo_expired`, or, because existing data
   * does not permit the change, `unique_violation`, `foreign_key_violation`, `not_null_violation` or
   * `conversion_failed`.
   */
  applyMigrations(
    driver: IDataDriver,
    plan: MigrationPlan,
    options?: ApplyMigrationsOptions,
  ): Promise<MigrationResult>;

  /**
   * Returns the plan that rolls back the latest deployment in effect: it restores names, types, objects, fields
   * and values, and preserves records written since. Additions of the deployment are removed and retained, so those
   * changes require approval. Changes nothing. Rejects with `not_latest` (`details.later` lists the later deployments),
   * `undo_expired`, `schema_mismatch` if the metadata is not what the deployment created, and like `diff`.
   */
  planRollback(driver: IDataDriver, options?: PlanRollbackOptions): Promise<MigrationPlan>;

  /**
   * Deletes retained data whose retention window has ended, and rollback information that is unusable without it;
   * returns the number of dropped tables. Idempotent.
   */
  purgeRetained(driver: IDataDriver, now?: Date): Promise<number>;

  /**
   * Erases records from the retained data of an object; returns the number of erased rows. `object` is its current
   * name, or the last name of a removed object; data that was retained under earlier names is erased too.
   */
  eraseRetained(driver: IDataDriver, object: string, ids: readonly string[]): Promise<number>;

  /**
   * Compares the tables and rows of a database in which nothing was deployed with the objects that are to describe
   * them. Changes nothing. Rejects with `invalid_state` if something was deployed already, and with `object_conflict`
   * and `invalid_request` like `diff`.
   */
  planBaseline(
    driver: IDataDriver,
    desired: readonly ObjectDefinition[],
    options: PlanBaselineOptions,
  ): Promise<Baseline>;

  /**
   * Adopts a database as deployed, without changing a row: writes the metadata and the first entry of the deployment
   * history, and creates missing indexes, in one transaction that checks the stored values again. That entry cannot be
   * rolled back, because no deployment precedes it. If a finding is an error, nothing is written. Idempotent: if the
   * same objects and bundle were adopted before, and nothing was deployed since, returns that deployment. Rejects like
   * `planBaseline`, and with `plan_stale` if the schema or the rows changed in the meantime.
   */
  applyBaseline(
    driver: IDataDriver,
    desired: readonly ObjectDefinition[],
    options: ApplyBaselineOptions,
  ): Promise<AppliedBaseline>;
}
