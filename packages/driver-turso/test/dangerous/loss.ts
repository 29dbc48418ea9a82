import type { ChangeCase } from '../change-case.js';

/** A change that removes data and requires approval. */
export interface Loss extends ChangeCase {
  readonly code: 'DS101' | 'DS102';
  /** Ids of all changes that require approval. */
  readonly changes: readonly string[];
  /** Records whose values are lost, in the order of the checks. */
  readonly rows: readonly number[];
}
