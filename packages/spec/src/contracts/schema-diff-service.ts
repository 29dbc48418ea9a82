import type { SQLDialect, SQLiteAlterTableLimitations } from '../data/driver-sql.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { DeployDiff, KeptTable } from '../system/deploy-diff.zod.js';
import type { DeploymentEntry } from '../system/deployment-entry.zod.js';
import type { Drift } from '../system/drift.zod.js';
import type { LintFinding } from '../system/lint.zod.js';
import type { MigrationPlan, PreflightFinding } from '../system/migration-plan.zod.js';
import type { Component, CurrentSchema, MigrationResult } from '../system/schema.zod.js';
import type { CallOptions } from './call-options.js';
import type { IDataDriver } from './data-driver.js';
import type { AbortOptions } from './driver-call.js';
import type { SqlStatement } from './sql-database.js';

/** Options of a diff. */
export interface DiffOptions {
  /** Views, flows and permission sets that are desired. Absent: those of the owner stay as they are. */
  components?: readonly Component[];
  /** Whose metadata is compared; what others own is untouched. Absent: the tenant. */
  owner?: string;
  /** Turns the diff into a rollback. Absent: the desired objects are authored metadata. */
  rollback?: RollbackSource;
}

/** Facts that a rollback needs and that no definition contains. */
export interface RollbackSource {
  readonly deploymentId: string;
  readonly tables: readonly KeptTable[];
  /** Current name of a desired object; null if it was removed. Absent: unchanged. */
  readonly objects: Readonly<Record<string, string | null>>;
  /** The same for the fields of a desired object. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** Options for generating a plan. */
export interface GenerateMigrationsOptions {
  /** Pins the plan to the bundle that it deploys. */
  bundle?: { checksum: string; version: string };
  /** What the engine can alter in place. Absent: what SQLite can; `applyMigrations` refuses a plan for anything else. */
  alterTable?: SQLiteAlterTableLimitations;
}

/** Options for applying a plan. */
export interface ApplyMigrationsOptions extends CallOptions {
  /** Id of the deployment in the history. Absent: a new one. */
  deploymentId?: string;
  /** Ids of changes of the plan that need approval: they remove data, weaken integrity or may miss a rename. */
  allow?: readonly string[];
  /** Retention window of removed data, in days. Absent: 7. */
  keepForDays?: number;
  /**
   * Statements that run before those of the plan, in the same transaction: either they and the plan take effect or
   * nothing does. Not run when the plan has been applied already. One that reads and fails with `json_extract('{}', …)`
   * is a guard: then the error is `plan_stale`. Absent: none.
   */
  first?: readonly SqlStatement[];
}

/** Options for planning a rollback. */
export interface PlanRollbackOptions extends CallOptions {
  /**
   * Deployment that is to be undone: the top of the undo stack, or the rollback that was made last, which is undone by
   * redoing its deployment. Absent: the top of the undo stack.
   */
  deploymentId?: string;
}

/** What one version of an application brings. */
export interface SchemaVersion {
  objects: readonly ObjectDefinition[];
  /** Absent: nothing is known of them. */
  components?: readonly Component[];
}

export interface LintOptions {
  /** Whose metadata is compared. Absent: the tenant. */
  owner?: string;
}

/**
 * Compares what a database has with what it should have, and changes it. Methods that take a driver reject like any call
 * of the driver.
 */
export interface ISchemaDiffService {
  /** Reads tables and metadata at one moment. Changes nothing. Parts of the result may be frozen. */
  introspect(driver: IDataDriver, options?: AbortOptions): Promise<CurrentSchema>;

  /**
   * Entries of the deployment history, oldest first; none where nothing was deployed. Changes nothing. Those in effect
   * form the undo stack: a deployment is put on top of it and its rollback removes it again. Until the next deployment,
   * rolling back that rollback redoes it.
   */
  readHistory(driver: IDataDriver): Promise<DeploymentEntry[]>;

  /**
   * How the desired objects differ from the deployed ones. Pure and deterministic; the order of objects and fields
   * does not matter. Parts of the result may be frozen. `renamedFrom` makes a rename out of a removal and an addition. A database that skipped versions finds
   * the data under any of the previous names that a list has; where only one name is given and it is not deployed, the change
   * has the risk `unproven_rename`. Throws `object_conflict` when a table of that name exists that no deployment made, or when what is
   * removed or renamed is referenced by an unmanaged object or by an object of another owner,
   * `schema_mismatch` when a deployed table was changed outside of a deployment, and `invalid_request` when an object is desired twice
   * or the previous names do not tell which of two things a deployed one becomes.
   */
  diff(current: CurrentSchema, desired: readonly ObjectDefinition[], options?: DiffOptions): DeployDiff;

  /**
   * What a version would do to those who have the version before, without a database: what it takes away, what depends
   * on the data, what breaks code, what looks like a rename; the gravest first. Pure. Throws like `diff`.
   */
  lint(before: SchemaVersion, after: SchemaVersion, options?: LintOptions): LintFinding[];

  /** How a database differs from what was deployed to it, with the statements that would make each difference. Pure. */
  findDrift(current: CurrentSchema): Drift[];

  /** The statements of a diff as a plan. Pure; the same input gives the same bytes. Parts of it may be frozen. Throws `not_supported`, naming the change. */
  generateMigrations(
    diff: DeployDiff,
    dialect: SQLDialect,
    options?: GenerateMigrationsOptions,
  ): MigrationPlan;

  /**
   * The plan that a value is, which may have come as JSON, without its findings and warnings; later changes of the value do not
   * change it. Pure. Throws `unsupported_protocol_version` for one of a newer protocol, `not_supported` for another dialect, and
   * `invalid_plan` for what is no plan or is not what its diff leads to, such as a plan that was changed after it was made.
   */
  readPlan(value: unknown): MigrationPlan;

  /**
   * Counts, for each preflight check of the plan, the records in its way. Changes nothing. Rejects with `object_conflict`
   * where a view that no deployment made does not work, which would keep the database from renaming anything.
   */
  runPreflight(driver: IDataDriver, plan: MigrationPlan, options?: AbortOptions): Promise<PreflightFinding[]>;

  /**
   * Runs the plan: DDL, metadata and history row in one transaction. Harmless to repeat: a plan that was the latest
   * to run is recognized. A plan without changes whose bundle, if it has one, is the one in effect has the outcome
   * `unchanged` and adds no entry to the history. Rejects, with nothing changed, with `invalid_plan` (its hash is wrong), `plan_stale`
   * (the schema is not the plan's base), `destructive_not_allowed` (with the ids of the changes that take data away,
   * weaken integrity or may miss a rename and were not allowed in `details.changes`), `exceeds_lock_budget` (the driver's server would give the transaction up
   * while others wait; `allow` may hold this code), `invalid_request` (something is allowed that the plan does not have),
   * `object_conflict` (like `runPreflight`), for a rollback `not_latest` and `undo_expired`, or,
   * because the data is in the way, `unique_violation`, `foreign_key_violation`, `not_null_violation` or
   * `conversion_failed`. What is removed is retained in the same transaction.
   */
  applyMigrations(
    driver: IDataDriver,
    plan: MigrationPlan,
    options?: ApplyMigrationsOptions,
  ): Promise<MigrationResult>;

  /**
   * The plan that undoes the deployment on top of the undo stack: names, types, objects, fields and values are as they were before it,
   * and records written since stay. What the deployment added is removed and retained in turn, so those
   * changes need approval. Changes nothing. Rejects with `not_latest` (`details.later` lists the deployments above
   * it), `undo_expired`, `schema_mismatch` when the metadata is not what the deployment made, and like `diff`.
   */
  planRollback(driver: IDataDriver, options?: PlanRollbackOptions): Promise<MigrationPlan>;

  /**
   * Drops the retained data whose window has ended, and the information for rollbacks that are out of reach without it;
   * returns how many tables. Harmless to repeat.
   */
  sweepKept(driver: IDataDriver, now?: Date): Promise<number>;

  /**
   * Erases records from the retained data of an object; returns how many rows. `object` is its current name, or the last
   * one of a removed object: whatever was retained under earlier names is erased too.
   */
  eraseKept(driver: IDataDriver, object: string, ids: readonly string[]): Promise<number>;
}
