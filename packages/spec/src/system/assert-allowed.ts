import { ObjectStackError } from '../shared/object-stack-error.js';
import type { DeployDiff } from './deploy-diff.zod.js';

/** May be allowed besides changes: a transaction that is longer than the server likes. */
export const EXCEEDS_LOCK_BUDGET = 'exceeds_lock_budget';

const changesOf = ({ objects, fields, indexes, components }: DeployDiff) => [
  ...objects,
  ...fields,
  ...indexes,
  ...components,
];

/** Ids of the changes of a diff that take data away. */
export function destructiveChanges(diff: DeployDiff): string[] {
  return changesOf(diff).flatMap(({ id, risk }) => (risk === 'loses_data' ? [id] : []));
}

/**
 * Throws `destructive_not_allowed` unless every change that takes data away is allowed by its id, and `invalid_request`
 * when something is allowed that the diff does not have: `details` names them.
 */
export function assertAllowed(diff: DeployDiff, allow: readonly string[] = []): void {
  const known = new Set(changesOf(diff).map(({ id }) => id));
  const unknown = allow.filter((id) => id !== EXCEEDS_LOCK_BUDGET && !known.has(id));
  if (unknown.length > 0) {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `There is no change ${unknown[0]} that could be allowed.`,
      details: { allow: unknown },
    });
  }
  const refused = destructiveChanges(diff).filter((id) => !allow.includes(id));
  if (refused.length === 0) return;
  throw new ObjectStackError({
    code: 'destructive_not_allowed',
    message: `Data would be taken away, which has to be allowed: ${refused.join(', ')}.`,
    details: { changes: refused },
  });
}
