import type { ErrorCode } from '@objectstack/spec/shared';
import type { ChangeCase } from '../change-case.js';

/** A change that is rejected before a plan exists. */
export interface Refusal extends ChangeCase {
  readonly error: ErrorCode;
  /** What the error says besides. */
  readonly details?: Readonly<Record<string, unknown>>;
}
