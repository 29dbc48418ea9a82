import type { ObjectDefinition } from '@objectstack/spec/data';
import { isTableFunctionName, ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, Drift, Table } from '@objectstack/spec/system';
import { INDEX_PREFIX } from '../../schema/indexes-of.js';
import type { Names } from './renames/rename-table.js';

/** Throws `schema_mismatch` when somebody changed by hand what a deployment had made; `details.drift` says what. */
export function assertAsDeployed(object: string, drift: readonly Drift[]): void {
  const changed = drift.filter(({ code, table }) => code === 'DR702' && table === object);
  if (changed.length === 0) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: `Table ${object} is not as it was deployed: ${changed.map(({ kind, name }) => `the ${kind} ${name}`).join(', ')}.`,
    details: { object, drift: changed },
  });
}

/** Throws `object_conflict` when somebody added by hand a column that a deployment is about to add. */
export function assertColumnsFree(live: Table, deployed: Table, after: Table): void {
  const had = new Set(deployed.columns.map(({ name }) => name));
  const theirs = new Set(
    live.columns.filter(({ name }) => !had.has(name)).map(({ name }) => name.toLowerCase()),
  );
  const taken = after.columns.find(({ name }) => theirs.has(name));
  if (!taken) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The table of ${live.name} has a column ${taken.name} that no deployment made.`,
    details: { object: live.name, field: taken.name },
  });
}

/** Throws `object_conflict` when somebody indexed by hand a column that is to go. */
export function assertNotIndexed(live: Table, removed: ReadonlySet<string>): void {
  const index = live.indexes.find(
    ({ name, columns }) =>
      !name.startsWith(INDEX_PREFIX) && columns.some((column) => removed.has(column.name ?? '')),
  );
  if (!index) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The index ${index.name}, which no deployment made, is on a column that is to be removed.`,
    details: { object: live.name, indexName: index.name },
  });
}

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
