import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed } from './assert-free.js';
import type { Whole } from './diff.js';
import type { KnownObjects } from './diff-fields.js';

function conflict(object: string, what: string): ObjectStackError {
  return new ObjectStackError({
    code: 'object_conflict',
    message: `${object} cannot be removed: ${what}.`,
    details: { object },
  });
}

/** Tables that no change of the owner makes anew must not refer to what goes. */
function assertNotReferred(current: CurrentSchema, name: string, known: KnownObjects): void {
  const referring = current.tables.find(
    (table) => !known.after.has(table.name) && !known.renames.has(table.name) && refersTo(table, name),
  );
  if (referring) throw conflict(name, `the table ${referring.name} refers to it`);
}

const refersTo = ({ foreignKeys }: Table, name: string) => foreignKeys.some(({ table }) => table === name);

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
      throw conflict(object, `no deployment made the ${stranger.kind} ${stranger.name} of its table`);
    assertNotReferred(current, object, known);
    return current.tables.filter(({ name }) => name === object);
  });
}
