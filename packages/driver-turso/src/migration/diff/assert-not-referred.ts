import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
import type { Names } from './renames/rename-table.js';

/**
 * Throws `object_conflict` if an object to be removed or renamed is the target of a foreign key that is not a field of
 * the owner. `mine` are the fields of the owner's objects.
 */
export function assertNotReferred(
  current: CurrentSchema,
  { moved, mine }: { moved: Names; mine: ReadonlyMap<string, ObjectDefinition['fields']> },
): void {
  for (const { name, foreignKeys } of current.tables) {
    const fields = mine.get(name) ?? {};
    const key = foreignKeys.find(
      ({ table, columns }) => moved.has(table) && !Object.hasOwn(fields, columns[0] ?? ''),
    );
    if (!key) continue;
    throw new ObjectStackError({
      code: 'object_conflict',
      message: `${key.table} can be neither removed nor renamed: the table ${name} has a foreign key to it that its owner did not deploy. Remove this foreign key.`,
      details: { object: key.table, referredToBy: name },
    });
  }
}
