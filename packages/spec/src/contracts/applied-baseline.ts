import type { Baseline } from '../system/baseline.zod.js';
import type { Component } from '../system/schema.zod.js';
import type { AbortOptions } from './driver-call.js';

/** Options for comparing an existing database with the objects with which it is to be adopted. */
export interface PlanBaselineOptions extends AbortOptions {
  /** Views, flows and permission sets of the bundle. Defaults to none. */
  components?: readonly Component[];
  /** Version and checksum of the bundle that describes the database. */
  bundle: {
    /** Checksum of the bundle. */
    checksum: string;
    /** Version of the bundle. */
    version: string;
  };
}

/** Options for adopting an existing database. */
export interface ApplyBaselineOptions extends PlanBaselineOptions {
  /** Identifier of the first deployment in the deployment history. Defaults to a generated identifier. */
  deploymentId?: string;
}

/** Result of adopting an existing database. */
export interface AppliedBaseline extends Baseline {
  /**
   * Outcome of the call: this call adopted the database, an earlier call did, or the database cannot be adopted and
   * nothing was written.
   */
  readonly outcome: 'applied' | 'already_applied' | 'refused';
  /** Identifier of the first deployment in the history; null if the database cannot be adopted. */
  readonly deploymentId: string | null;
}
