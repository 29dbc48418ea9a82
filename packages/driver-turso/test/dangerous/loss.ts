import type { ChangeCase } from '../change-case.js';

/** Something is taken away, which somebody has to allow. */
export interface Loss extends ChangeCase {
  readonly code: 'DS101' | 'DS102';
  /** Everything that has to be allowed. */
  readonly changes: readonly string[];
  /** Records whose values are lost, in the order of the checks. */
  readonly rows: readonly number[];
}
