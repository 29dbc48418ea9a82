import type { ErrorCode } from '@objectstack/spec/shared';
import type { ChangeCode } from '@objectstack/spec/system';
import type { ChangeCase } from '../change-case.js';

/** Records are in the way of the change. */
export interface Obstacle extends ChangeCase {
  readonly code: ChangeCode;
  readonly change: string;
  /** Check that finds them, or how its id begins. */
  readonly check: string;
  readonly rows: number;
  /** Code of the refusal to apply it nevertheless. */
  readonly error: ErrorCode;
  /** What has to be allowed before they are in the way. */
  readonly allow?: readonly string[];
}
