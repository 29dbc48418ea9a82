import { ObjectStackError } from '@objectstack/spec/shared';
import type { Drift } from '@objectstack/spec/system';

/**
 * Throws `schema_mismatch` if a deployed table was changed outside of a deployment; `details.drift` lists the changes.
 */
export function assertAsDeployed(object: string, drift: readonly Drift[]): void {
  const changed = drift.filter(({ code, table }) => code === 'DR702' && table === object);
  if (changed.length === 0) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: `Table ${object} was changed outside of a deployment: ${changed.map(({ kind, name }) => `the ${kind} ${name}`).join(', ')}. Revert these changes.`,
    details: { object, drift: changed },
  });
}
