import type { ChangeCode, DeployNoticeCode } from '@objectstack/spec/system';
import type { ChangeCase } from '../change-case.js';

/** A change that is applied and reported. */
export interface Warning extends ChangeCase {
  readonly code: ChangeCode | DeployNoticeCode;
  /** What it is about: the id of a change, or the object and field of a notice. */
  readonly about: string;
  /** Check that finds records, and how many. */
  readonly found?: readonly [check: string, rows: number];
  /** Other changes that require approval. */
  readonly allow?: readonly string[];
}
