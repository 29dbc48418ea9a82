import type { ChangeCase } from '../change-case.js';

export interface HarmlessChange extends ChangeCase {
  /** Nothing but metadata changes, so no statement runs. */
  readonly isMetadata?: true;
  /** Values of a field `a` of `thing` afterwards, in the order of the records; absent where they stay. */
  readonly becomes?: readonly unknown[];
}
