import type { SQLDialect, SQLiteAlterTableLimitations } from '../data/driver-sql.zod.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { DeployDiff } from '../system/deploy-diff.zod.js';
import type { MigrationPlan, PreflightFinding } from '../system/migration-plan.zod.js';
import type { Component, CurrentSchema, MigrationResult } from '../system/schema.zod.js';
import type { CallOptions } from './call-options.js';
import type { IDataDriver } from './data-driver.js';

export interface DiffOptions {
  /** Views, flows and permission sets that are desired. Absent: those of the owner stay as they are. */
  components?: readonly Component[];
  /** Whose metadata is compared; what others own is untouched. Absent: the tenant. */
  owner?: string;
}

export interface GenerateMigrationsOptions {
  /** Pins the plan to the bundle that it deploys. */
  bundle?: { checksum: string; version: string };
  /** What the engine can alter in place. Absent: what SQLite can; `applyMigrations` refuses a plan for anything else. */
  alterTable?: SQLiteAlterTableLimitations;
}

export interface ApplyMigrationsOptions extends CallOptions {
  /** Id of the deployment in the history. Absent: a new one. */
  deploymentId?: string;
  /** Ids of changes that may lose data. */
  allow?: readonly string[];
}

/** Compares what a database has with what it should have, and changes it. */
export interface ISchemaDiffService {
  /** Reads tables and metadata at one moment. Changes nothing. Rejects like any call of the driver. */
  introspect(driver: IDataDriver): Promise<CurrentSchema>;

  /**
   * How the desired objects differ from the deployed ones. Pure and deterministic; the order of objects and fields
   * does not matter. Throws `object_conflict` when a table of that name exists that no deployment made,
   * `schema_mismatch` when a deployed table was changed by hand, and `invalid_request` when an object is desired twice.
   */
  diff(current: CurrentSchema, desired: readonly ObjectDefinition[], options?: DiffOptions): DeployDiff;

  /** The statements of a diff as a plan. Pure; the same input gives the same bytes. Throws `not_supported`, naming the change. */
  generateMigrations(
    diff: DeployDiff,
    dialect: SQLDialect,
    options?: GenerateMigrationsOptions,
  ): MigrationPlan;

  /** Counts, for each preflight check of the plan, the records in its way. Changes nothing. */
  runPreflight(driver: IDataDriver, plan: MigrationPlan): Promise<PreflightFinding[]>;

  /**
   * Runs the plan: DDL, metadata and history row in one transaction. Harmless to repeat: a plan that was the latest
   * to run is recognised. Rejects, with nothing changed, with `invalid_plan` (its hash is wrong), `plan_stale`
   * (the schema is not the plan's base), or, because the data is in the way, `unique_violation`,
   * `foreign_key_violation`, `not_null_violation` or `conversion_failed`.
   */
  applyMigrations(
    driver: IDataDriver,
    plan: MigrationPlan,
    options?: ApplyMigrationsOptions,
  ): Promise<MigrationResult>;
}
