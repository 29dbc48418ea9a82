import type { DiffOptions } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import {
  type CurrentSchema,
  type DeployDiff,
  type FieldChange,
  type IndexChange,
  type Table,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { internDefinition } from '../schema/definition-text.js';
import { withoutSystemFields } from '../schema/object-fields.js';
import { tableOf } from '../schema/object-table.js';
import { schemaHashOf } from '../schema/schema-hash.js';
import { diffComponents } from './diff-components.js';
import { diffFields, type KnownObjects } from './diff-fields.js';
import { diffIndexes } from './diff-indexes.js';
import { diffObjects } from './diff-objects.js';
import { noticesOf } from './notices.js';
import {
  assertAsDeployed,
  assertColumnsFree,
  definitionsAfter,
  projectSchema,
  projectTable,
} from './project-schema.js';

interface TableChanges {
  readonly fields: FieldChange[];
  readonly indexes: IndexChange[];
  readonly tables: Map<string, Table>;
}

function knownObjects(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  owner: string,
): KnownObjects {
  const names = (objects: readonly { definition: ObjectDefinition }[]) =>
    objects.map(({ definition }) => definition.name);
  const others = names(current.objects.filter((object) => object.owner !== owner));
  return {
    before: new Set(names(current.objects)),
    after: new Set([...others, ...desired.map(({ name }) => name)]),
  };
}

/** Goes through the owner's objects that stay: one may change although its definition does not, when a target comes or goes. */
function diffTables(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  owner: string,
  known: KnownObjects,
): TableChanges {
  const live = new Map(current.tables.map((table) => [table.name, table]));
  const former = new Map(
    current.objects
      .filter((object) => object.owner === owner)
      .map(({ definition }) => [definition.name, definition]),
  );
  const changes: TableChanges = { fields: [], indexes: [], tables: new Map() };
  const staysKnown =
    known.before.size === known.after.size && [...known.after].every((name) => known.before.has(name));
  for (const after of desired) {
    const table = tableOf(after, known.after);
    const before = former.get(after.name);
    const liveTable = live.get(after.name);
    if (!before || !liveTable) {
      if (before) assertAsDeployed(liveTable, tableOf(before, known.before));
      changes.tables.set(table.name, table);
      continue;
    }
    if (before === after && staysKnown) {
      assertAsDeployed(liveTable, table);
      continue;
    }
    const deployed = tableOf(before, known.before);
    assertAsDeployed(liveTable, deployed);
    assertColumnsFree(liveTable, deployed, table);
    changes.fields.push(...diffFields(before, after, known));
    changes.indexes.push(...diffIndexes(deployed, table));
    changes.tables.set(table.name, projectTable(liveTable, deployed, table));
  }
  return changes;
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** See {@link ISchemaDiffService.diff}. */
export function diff(
  current: CurrentSchema,
  objects: readonly ObjectDefinition[],
  options: DiffOptions = {},
): DeployDiff {
  const owner = options.owner ?? TENANT_OWNER;
  const desired = objects.map(withoutSystemFields).map(internDefinition).sort(byName);
  const known = knownObjects(current, desired, owner);
  const objectChanges = diffObjects(current, desired, owner);
  const { fields, indexes, tables } = diffTables(current, desired, owner, known);
  const components = options.components ? diffComponents(current, options.components, owner) : [];
  const target = projectSchema(current, { objects: objectChanges, components, owner, tables });
  return {
    owner,
    baseSchemaHash: current.schemaHash,
    targetSchemaHash: schemaHashOf(target),
    objects: objectChanges,
    fields,
    indexes,
    components,
    notices: noticesOf(definitionsAfter(objectChanges), known.after),
    knownObjects: [...known.after].sort(),
  };
}
