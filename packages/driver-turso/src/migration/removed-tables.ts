import type { ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed, assertNotReferred, cannotBeRemoved } from './assert-free.js';
import type { Whole } from './diff.js';

/**
 * Tables of the objects that are removed, as they are. Throws `schema_mismatch` when one was changed by hand, and
 * `object_conflict` when others added to it or refer to it: nobody could bring that back.
 */
export function removedTables({ current, known, drift }: Whole, objects: readonly ObjectChange[]): Table[] {
  return objects.flatMap(({ change, object, before }): Table[] => {
    if (change !== 'removed' || !before) return [];
    assertAsDeployed(object, drift);
    const stranger = drift.find(({ table }) => table === object);
    if (stranger)
      throw cannotBeRemoved(object, `no deployment made the ${stranger.kind} ${stranger.name} of its table`);
    assertNotReferred(current, object, known);
    return current.tables.filter(({ name }) => name === object);
  });
}
