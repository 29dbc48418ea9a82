import type { RetainedTable } from '../system/deploy-diff.zod.js';
import type { Component } from '../system/schema.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for a diff: new components, owner, and the deployment to roll back. */
export interface DiffOptions {
  /** New views, flows and permission sets of the owner. If omitted, they remain unchanged. */
  components?: readonly Component[];
  /** Owner whose metadata is compared; components of other owners are not affected. Defaults to the tenant. */
  owner?: string;
  /** Information about the deployment to roll back. If given, the diff is a rollback. */
  rollback?: RollbackSource;
}

/** Information that a rollback needs and that no object definition contains. */
export interface RollbackSource {
  /** Identifier of the deployment to roll back. */
  readonly deploymentId: string;
  /** System tables that store the values to restore. */
  readonly tables: readonly RetainedTable[];
  /** Current name of each object, by its name after the rollback; null if removed. Defaults to the same name. */
  readonly objects: Readonly<Record<string, string | null>>;
  /** Current name of each field, by object and field after the rollback; null if removed. Defaults to the same name. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** Options for planning a rollback. */
export interface PlanRollbackOptions extends CallOptions {
  /**
   * Identifier of the deployment to roll back: the latest deployment in effect, or the latest rollback, whose rollback
   * redoes its deployment. Defaults to the latest deployment in effect.
   */
  deploymentId?: string;
}
