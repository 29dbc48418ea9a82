import type { ObjectStackError } from '@objectstack/spec/shared';

/** A cached reason for which a request is refused. */
export interface Refusal {
  readonly error: ObjectStackError;
}

/** How long a refusal is used before it is determined again, in milliseconds, if the TTL of the router is not shorter. */
export const NEGATIVE_TTL_MS = 1_000;
