import { ObjectStackError } from '@objectstack/spec/shared';

/** Whether a request that failed can have taken effect. */
export type Outcome = 'none' | 'unknown';

export function unreachable(details: Record<string, unknown>, outcome: Outcome): ObjectStackError {
  return new ObjectStackError({
    code: 'database_unreachable',
    message: 'The server of the database cannot be reached.',
    details: { ...details, ...(outcome === 'unknown' && { outcome }) },
  });
}
