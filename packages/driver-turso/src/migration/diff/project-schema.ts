import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type {
  Component,
  ComponentChange,
  CurrentSchema,
  ObjectChange,
  Table,
} from '@objectstack/spec/system';
import { mapSteps } from '../../schema/map-steps.js';
import type { SchemaContent } from '../../schema/schema-hash-of.js';
import { type Names, renameTable } from './renames/rename-table.js';

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const keyOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>) => `${kind}/${name}`;

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
  /** Tables that differ from the live ones, by their new names. */
  readonly tables: ReadonlyMap<string, Table>;
  /** New names of objects. The database updates every foreign key. */
  readonly renames: Names;
}

/** Tables and metadata after the changes. */
export function* projectSchema(
  current: CurrentSchema,
  { objects, components, owner, tables, renames }: Projection,
): Steps<SchemaContent> {
  const previous = new Set<string>();
  for (const { before, after } of objects)
    if (before && before.name !== after?.name) previous.add(before.name);
  const staying = current.tables.filter(({ name }) => !previous.has(name));
  const live = new Map(
    yield* mapSteps(staying, (table) => [table.name, renameTable(table, renames, undefined)] as const),
  );
  return {
    tables: [...new Map([...live, ...tables]).values()].sort(byName),
    views: current.views,
    objects: projectObjects(current, objects, owner),
    components: projectComponents(current, components, owner),
  };
}

/** The definitions after the changes. */
export function definitionsAfter(changes: readonly ObjectChange[]): ObjectDefinition[] {
  return changes.flatMap(({ after }) => after ?? []);
}
