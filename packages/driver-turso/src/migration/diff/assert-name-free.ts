import { isTableFunctionName, ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';

/** Names of tables, views and indexes in lower case. SQLite has one namespace for them and ignores case. */
export function takenNames({ tables, views }: CurrentSchema): Set<string> {
  const indexes = tables.flatMap((table) => table.indexes);
  return new Set([...tables, ...views, ...indexes].map(({ name }) => name.toLowerCase()));
}

/**
 * Throws `object_conflict` if the name belongs to another owner, an unmanaged object or a table-valued function of
 * SQLite.
 */
export function assertNameFree(
  name: string,
  { current, owner, taken }: { current: CurrentSchema; owner: string; taken: ReadonlySet<string> },
): void {
  const holder = current.objects.find(({ definition }) => definition.name === name);
  if (holder?.owner === owner) return;
  if (isTableFunctionName(name)) {
    throw new ObjectStackError({
      code: 'object_conflict',
      message: `The name ${name} is that of a table-valued function of SQLite. Choose another one.`,
      details: { object: name },
    });
  }
  if (!holder && !taken.has(name)) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The name ${name} is already in use by ${holder ? 'an object of another owner' : 'an unmanaged table, view or index'}. Choose another one.`,
    details: { object: name },
  });
}
