import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type {
  Component,
  ComponentChange,
  CurrentSchema,
  ObjectChange,
  Table,
} from '@objectstack/spec/system';
import { isSameJson } from '../schema/hash.js';
import { INDEX_PREFIX } from '../schema/object-indexes.js';
import type { SchemaContent } from '../schema/schema-hash.js';
import { type Names, renameTable } from './rename-table.js';

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;
const keyOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>) => `${kind}/${name}`;

/** What a table has besides what our own deployment gave it: it stays. */
function additionsByOthers(live: Table, ours: Table) {
  const columns = new Set(ours.columns.map(({ name }) => name));
  return {
    columns: live.columns.filter(({ name }) => !columns.has(name)),
    indexes: live.indexes.filter(({ name }) => !name.startsWith(INDEX_PREFIX)),
    foreignKeys: live.foreignKeys.filter((key) => !key.columns.every((name) => columns.has(name))),
    triggers: live.triggers,
  };
}

/** The table that a change leads to: ours as it should be, and what others added to it. */
export function projectTable(live: Table, before: Table, after: Table): Table {
  const others = additionsByOthers(live, before);
  return {
    ...after,
    columns: [...after.columns, ...others.columns].sort(byName),
    indexes: [...after.indexes, ...others.indexes].sort(byName),
    foreignKeys: [...after.foreignKeys, ...others.foreignKeys].sort(byColumns),
    triggers: others.triggers,
  };
}

/** Throws `schema_mismatch` when somebody changed by hand what a deployment had made. */
export function assertAsDeployed(live: Table | undefined, deployed: Table): void {
  if (live && isSameJson(projectTable(live, deployed, deployed), live)) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: `Table ${deployed.name} is not as it was deployed.`,
    details: { object: deployed.name },
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
    details: { object: live.name, index: index.name },
  });
}

function projectComponents(current: CurrentSchema, changes: readonly ComponentChange[], owner: string) {
  const components = new Map(current.components.map((component) => [keyOf(component), component]));
  for (const change of changes) {
    if (change.after)
      components.set(keyOf(change), {
        kind: change.kind,
        name: change.name,
        owner,
        definition: change.after,
      });
    else components.delete(keyOf(change));
  }
  return [...components.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, component]) => component);
}

function projectObjects(current: CurrentSchema, changes: readonly ObjectChange[], owner: string) {
  const objects = new Map(current.objects.map((object) => [object.definition.name, object]));
  for (const { before } of changes) if (before) objects.delete(before.name);
  for (const { after } of changes) if (after) objects.set(after.name, { owner, definition: after });
  return [...objects.values()].sort((a, b) => byName(a.definition, b.definition));
}

export interface Projection {
  readonly objects: readonly ObjectChange[];
  readonly components: readonly ComponentChange[];
  readonly owner: string;
  /** Tables that differ from the live ones, by their new name. */
  readonly tables: ReadonlyMap<string, Table>;
  /** New names of objects; the database writes them into every foreign key. */
  readonly renames: Names;
}

/** Tables and metadata as they will be when the changes are done. */
export function projectSchema(
  current: CurrentSchema,
  { objects, components, owner, tables, renames }: Projection,
): SchemaContent {
  const gone = new Set<string>();
  for (const { before, after } of objects) if (before && before.name !== after?.name) gone.add(before.name);
  const live = new Map(
    current.tables
      .filter(({ name }) => !gone.has(name))
      .map((table) => [table.name, renameTable(table, renames, undefined)]),
  );
  return {
    tables: [...new Map([...live, ...tables]).values()].sort(byName),
    views: current.views,
    objects: projectObjects(current, objects, owner),
    components: projectComponents(current, components, owner),
  };
}

/** The definitions that a list of changes leads to. */
export function definitionsAfter(changes: readonly ObjectChange[]): ObjectDefinition[] {
  return changes.flatMap(({ after }) => after ?? []);
}
