import { ObjectStackError } from '@objectstack/spec/shared';
import type { ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed } from './assert-as-deployed.js';
import type { Comparison } from './comparison.js';

/**
 * Tables of the objects that are removed, as they are. Throws `schema_mismatch` when one was changed by hand, and
 * `object_conflict` when others added to it: nobody could bring that back.
 */
export function removedTables({ current, drift }: Comparison, objects: readonly ObjectChange[]): Table[] {
  return objects.flatMap(({ change, object, before }): Table[] => {
    if (change !== 'removed' || !before) return [];
    assertAsDeployed(object, drift);
    const stranger = drift.find(({ table }) => table === object);
    if (stranger)
      throw new ObjectStackError({
        code: 'object_conflict',
        message: `${object} cannot be removed: no deployment made the ${stranger.kind} ${stranger.name} of its table.`,
        details: { object },
      });
    return current.tables.filter(({ name }) => name === object);
  });
}
