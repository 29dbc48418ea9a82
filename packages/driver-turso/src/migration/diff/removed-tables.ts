import { ObjectStackError } from '@objectstack/spec/shared';
import type { ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed } from './assert-as-deployed.js';
import type { Comparison } from './comparison.js';

/**
 * Live tables of the removed objects. Throws `schema_mismatch` if one was changed outside of a deployment, and
 * `object_conflict` if one has unmanaged additions, because a rollback could not restore them.
 */
export function removedTables({ current, drift }: Comparison, objects: readonly ObjectChange[]): Table[] {
  return objects.flatMap(({ change, object, before }): Table[] => {
    if (change !== 'removed' || !before) return [];
    assertAsDeployed(object, drift);
    const unmanaged = drift.find(({ table }) => table === object);
    if (unmanaged)
      throw new ObjectStackError({
        code: 'object_conflict',
        message: `${object} cannot be removed: its table has the unmanaged ${unmanaged.kind} ${unmanaged.name}. Drop it first.`,
        details: { object },
      });
    return current.tables.filter(({ name }) => name === object);
  });
}
