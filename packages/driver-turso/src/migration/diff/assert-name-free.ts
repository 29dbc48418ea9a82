import { isTableFunctionName, ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';

/** Names of tables, views and indexes in lower case. SQLite has one namespace for them and ignores case. */
export function takenNames({ tables, views }: CurrentSchema): Set<string> {
  const indexes = tables.flatMap((table) => table.indexes);
  return new Set([...tables, ...views, ...indexes].map(({ name }) => name.toLowerCase()));
}

/** Owners of the objects by their names. */
export const ownersOf = ({ objects }: CurrentSchema): Map<string, string> =>
  new Map(objects.map(({ owner, definition }) => [definition.name, owner]));

/**
 * Throws `object_conflict` if the name belongs to another owner, an unmanaged object or a table-valued function of
 * SQLite.
 */
export function assertNameFree(
  name: string,
  {
    owner,
    owners,
    taken,
  }: { owner: string; owners: ReadonlyMap<string, string>; taken: ReadonlySet<string> },
): void {
  const holder = owners.get(name);
  if (holder === owner) return;
  if (isTableFunctionName(name)) {
    throw new ObjectStackError({
      code: 'object_conflict',
      message: `The name ${name} is that of a table-valued function of SQLite. Choose another one.`,
      details: { object: name },
    });
  }
  if (holder === undefined && !taken.has(name)) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The name ${name} is already in use by ${holder !== undefined ? 'an object of another owner' : 'an unmanaged table, view or index'}. Choose another one.`,
    details: { object: name },
  });
}
