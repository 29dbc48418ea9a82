import { ObjectStackError } from '@objectstack/spec/shared';
import type { ObjectChange, Table } from '@objectstack/spec/system';
import { assertAsDeployed } from './assert-free.js';
import type { Whole } from './diff.js';

function conflict(object: string, what: string, verb = 'removed'): ObjectStackError {
  return new ObjectStackError({
    code: 'object_conflict',
    message: `${object} cannot be ${verb}: ${what}.`,
    details: { object },
  });
}

/** Only the foreign keys of the owner's own fields are made anew: nothing else may refer to what goes. */
function assertNotReferred({ current, owner }: Whole, name: string, verb?: string): void {
  const owned = current.objects.filter((object) => object.owner === owner);
  const fields = new Map(owned.map(({ definition }) => [definition.name, definition.fields]));
  const isOwn = (table: string, [column = '']: readonly string[]) =>
    Object.hasOwn(fields.get(table) ?? {}, column);
  const referring = current.tables.find((table) =>
    table.foreignKeys.some((key) => key.table === name && !isOwn(table.name, key.columns)),
  );
  if (referring) throw conflict(name, `the table ${referring.name} refers to it`, verb);
}

/** Throws `object_conflict` when what others own refers to an object under the name that it is to lose. */
export function assertRenamable(whole: Whole, objects: readonly ObjectChange[]): void {
  for (const { change, before } of objects)
    if (change === 'renamed' && before) assertNotReferred(whole, before.name, 'renamed');
}

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
