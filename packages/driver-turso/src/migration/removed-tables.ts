import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, ObjectChange, Table } from '@objectstack/spec/system';
import { isSameJson } from '../schema/hash.js';
import { tableOf } from '../schema/object-table.js';
import type { KnownObjects } from './diff-fields.js';
import { assertAsDeployed } from './project-schema.js';

function conflict(object: string, what: string): ObjectStackError {
  return new ObjectStackError({
    code: 'object_conflict',
    message: `${object} cannot be removed: ${what}.`,
    details: { object },
  });
}

/** Only the foreign keys of the owner's own fields are made anew: nothing else may refer to what goes. */
function assertNotReferred(current: CurrentSchema, name: string, { owner }: Removal): void {
  const owned = current.objects.filter((object) => object.owner === owner);
  const fields = new Map(owned.map(({ definition }) => [definition.name, definition.fields]));
  const isOwn = (table: string, [column = '']: readonly string[]) =>
    Object.hasOwn(fields.get(table) ?? {}, column);
  const referring = current.tables.find((table) =>
    table.foreignKeys.some((key) => key.table === name && !isOwn(table.name, key.columns)),
  );
  if (referring) throw conflict(name, `the table ${referring.name} refers to it`);
}

interface Removal {
  readonly known: KnownObjects;
  /** Whose objects are removed. */
  readonly owner: string;
}

/**
 * Tables of the objects that are removed, as they are. Throws `schema_mismatch` when one was changed by hand, and
 * `object_conflict` when others added to it or refer to it: nobody could bring that back.
 */
export function removedTables(
  current: CurrentSchema,
  objects: readonly ObjectChange[],
  removal: Removal,
): Table[] {
  return objects.flatMap(({ change, object, before }): Table[] => {
    if (change !== 'removed' || !before) return [];
    const live = current.tables.find(({ name }) => name === object);
    const deployed = tableOf(before, removal.known.before);
    assertAsDeployed(live, deployed);
    if (!live) return [];
    if (!isSameJson(live, deployed))
      throw conflict(object, 'its table has something that no deployment made');
    assertNotReferred(current, object, removal);
    return [live];
  });
}
