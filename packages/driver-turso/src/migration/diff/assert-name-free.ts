import { isTableFunctionName, ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';

/** SQLite keeps tables, views and indexes under one kind of name and does not tell upper from lower case. */
export function takenNames({ tables, views }: CurrentSchema): Set<string> {
  const indexes = tables.flatMap((table) => table.indexes);
  return new Set([...tables, ...views, ...indexes].map(({ name }) => name.toLowerCase()));
}

/** Throws `object_conflict` when somebody else has the name already, or SQLite a table-valued function of it. */
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
    message: `The name ${name} is taken by ${holder ? 'an object of somebody else' : 'something that no deployment made'}.`,
    details: { object: name },
  });
}
