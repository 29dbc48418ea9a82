import type { SQLiteAlterTableLimitations } from '../data/driver-sql.zod.js';
import type { CurrentSchema } from '../system/schema.zod.js';
import type { CallOptions } from './call-options.js';
import type { AbortOptions } from './driver-call.js';
import type { DiffOptions } from './rollback-source.js';
import type { SqlStatement } from './sql-database.js';

/** Options for generating a plan. */
export interface GenerateMigrationsOptions {
  /** Bundle that the plan deploys and is bound to. Omitted for a schema change without a bundle. */
  bundle?: {
    /** Checksum of the bundle. */
    checksum: string;
    /** Version of the bundle. */
    version: string;
  };
  /**
   * Schema changes that ALTER TABLE supports in the database engine. Defaults to those of SQLite; `applyMigrations`
   * rejects plans for any other engine.
   */
  alterTable?: SQLiteAlterTableLimitations;
}

/** Options for comparing and generating a plan in one call. */
export interface PlanMigrationsOptions extends DiffOptions, GenerateMigrationsOptions, AbortOptions {}

/** Options for applying a plan. */
export interface ApplyMigrationsOptions extends CallOptions {
  /** Identifier of the deployment in the deployment history. Defaults to a generated identifier. */
  deploymentId?: string;
  /**
   * Identifiers of the changes that the caller approves: those with the risk `loses_data`, `weakens_integrity` or
   * `unproven_rename` are rejected otherwise. Defaults to none.
   */
  allow?: readonly string[];
  /** Retention window of removed data, in days. Defaults to 7. */
  retentionDays?: number;
  /** Schema that `introspect` has just returned; the transaction asserts that it is unchanged. Defaults to reading it. */
  current?: CurrentSchema;
  /**
   * Identifier of the latest deployment of the database, as an earlier `introspect` returned it; null if there was none.
   * If another deployment followed, the call rejects with `plan_stale`. Makes it faster to apply one plan to many
   * databases: after the first one, an implementation can omit reading the schema, and assert in the transaction instead
   * that the database has the base schema of the plan, and afterwards the schema that was verified in the first database.
   * `refresh` of the driver need not be called before. If omitted, the schema is always read.
   */
  baseDeploymentId?: string | null;
  /** Also delete, like `purgeRetained`, data whose retention window ended before this time. Errors of this deletion are ignored. */
  purgeBefore?: Date;
  /**
   * Statements to run before those of the plan, in the same transaction: they take effect only together with the plan.
   * Not run if the plan has already been applied. A statement that only reads and fails with `json_extract('{}', …)` is
   * a guard: if it fails, the call rejects with `plan_stale`. Defaults to none.
   */
  first?: readonly SqlStatement[];
}
