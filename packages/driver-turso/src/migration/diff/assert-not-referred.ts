import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
import type { Names } from './renames/rename-table.js';

/**
 * Throws `object_conflict` when anything but a field of the owner refers to what goes or gets another name. `mine` are the
 * fields of the owner's objects.
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
      message: `${key.table} can neither be removed nor renamed: the table ${name} refers to it, and not by a field of its owner.`,
      details: { object: key.table, referredToBy: name },
    });
  }
}
