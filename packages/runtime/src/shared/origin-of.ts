import type { ChangeOrigin } from '@objectstack/spec/contracts';
import type { Clock } from './clock.js';

/** Origin of a change that a call makes now, for the audit log. */
export function originOf(
  { clock }: { readonly clock: Clock },
  { actor, requestId }: Pick<ChangeOrigin, 'actor' | 'requestId'> = {},
): ChangeOrigin {
  return { actor, requestId, at: clock.now().toISOString() };
}
