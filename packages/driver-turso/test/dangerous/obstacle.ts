import type { ErrorCode } from '@objectstack/spec/shared';
import type { ChangeCode } from '@objectstack/spec/system';
import type { ChangeCase } from '../change-case.js';

/** A change that records obstruct. */
export interface Obstacle extends ChangeCase {
  readonly code: ChangeCode;
  readonly change: string;
  /** Check that finds them, or how its id begins. */
  readonly check: string;
  readonly rows: number;
  /** Code of the refusal to apply it nevertheless. */
  readonly error: ErrorCode;
  /** Changes that must be approved before the records are checked. */
  readonly allow?: readonly string[];
}
