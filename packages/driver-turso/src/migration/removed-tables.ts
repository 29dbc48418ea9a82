import { ObjectStackError } from '@objectstack/spec/shared';
import type { ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed } from './assert-free.js';
import type { Whole } from './diff.js';

function conflict(object: string, what: string): ObjectStackError {
  return new ObjectStackError({
    code: 'object_conflict',
    message: `${object} cannot be removed: ${what}.`,
    details: { object },
  });
}

/** Tables that no change of the owner makes anew, those of other owners too, must not refer to what goes. */
function assertNotReferred({ current, former, known }: Whole, name: string): void {
  const own = new Set([...[...former.values()].map((object) => object.name), ...known.renames.keys()]);
  const referring = current.tables.find((table) => !own.has(table.name) && refersTo(table, name));
  if (referring) throw conflict(name, `the table ${referring.name} refers to it`);
}

const refersTo = ({ foreignKeys }: Table, name: string) => foreignKeys.some(({ table }) => table === name);

/**
 * Tables of the objects that are removed, as they are. Throws `schema_mismatch` when one was changed by hand, and
 * `object_conflict` when others added to it or refer to it: nobody could bring that back.
 */
export function removedTables(whole: Whole, objects: readonly ObjectChange[]): Table[] {
  const { current, drift } = whole;
  return objects.flatMap(({ change, object, before }): Table[] => {
    if (change !== 'removed' || !before) return [];
    assertAsDeployed(object, drift);
    const stranger = drift.find(({ table }) => table === object);
    if (stranger)
      throw conflict(object, `no deployment made the ${stranger.kind} ${stranger.name} of its table`);
    assertNotReferred(whole, object);
    return current.tables.filter(({ name }) => name === object);
  });
}
