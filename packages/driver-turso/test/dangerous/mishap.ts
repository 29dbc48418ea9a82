import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import type { ChangeCase } from '../change-case.js';

/** An event between planning and applying because of which the plan must not run. */
export interface Mishap extends ChangeCase {
  readonly error: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly allow?: readonly string[];
  /** SQL that runs between planning and applying. */
  readonly meanwhile?: readonly string[];
  /** Records that are written between planning and applying. */
  readonly written?: readonly Record<string, unknown>[];
  /** Objects that are deployed between planning and applying. */
  readonly deployed?: readonly ObjectDefinition[];
  /** Lock budget of the server. */
  readonly lockBudgetMs?: number;
}
