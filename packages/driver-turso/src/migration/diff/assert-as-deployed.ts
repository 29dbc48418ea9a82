import { ObjectStackError } from '@objectstack/spec/shared';
import type { Drift } from '@objectstack/spec/system';

/** Throws `schema_mismatch` when somebody changed by hand what a deployment had made; `details.drift` says what. */
export function assertAsDeployed(object: string, drift: readonly Drift[]): void {
  const changed = drift.filter(({ code, table }) => code === 'DR702' && table === object);
  if (changed.length === 0) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: `Table ${object} is not as it was deployed: ${changed.map(({ kind, name }) => `the ${kind} ${name}`).join(', ')}.`,
    details: { object, drift: changed },
  });
}
