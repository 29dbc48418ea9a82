import type { ObjectDefinition } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import type { ChangeCase } from '../change-case.js';

/** What goes wrong after the plan was made. */
export interface Mishap extends ChangeCase {
  readonly error: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly allow?: readonly string[];
  /** SQL that somebody runs between the plan and its run. */
  readonly meanwhile?: readonly string[];
  /** Records that somebody writes meanwhile. */
  readonly written?: readonly Record<string, unknown>[];
  /** Objects that somebody deploys meanwhile. */
  readonly deployed?: readonly ObjectDefinition[];
  /** What the server gives a transaction. */
  readonly lockBudgetMs?: number;
}
