import type { DiffOptions } from '@objectstack/spec/contracts';
import { type Field, type ObjectDefinition, separateSystemFields } from '@objectstack/spec/data';
import { runSteps, type Steps } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployDiff,
  type DeployNotice,
  type FieldChange,
  type IndexChange,
  type Table,
  type TableChange,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { withAdoptedForm } from '../../schema/adopted-forms.js';
import { copyComponent } from '../../schema/component-text.js';
import { internDefinition } from '../../schema/definition-text.js';
import { isFrozenDeeply, memoizeFrozen } from '../../schema/freeze-deeply.js';
import { idTypesOf, knownObjectsOf } from '../../schema/id-types-of.js';
import { mapSteps } from '../../schema/map-steps.js';
import { schemaHashSteps } from '../../schema/schema-hash-of.js';
import { isSameTable } from '../../schema/table-hash.js';
import { tableOf } from '../../schema/table-of.js';
import { type DesiredMetadata, normalizeAdopted } from './adopted/normalize-adopted.js';
import { assertAsDeployed } from './assert-as-deployed.js';
import { assertColumnsFree } from './assert-columns-free.js';
import { assertFitting } from './assert-fitting.js';
import { assertNotIndexed } from './assert-not-indexed.js';
import { assertNotReferred } from './assert-not-referred.js';
import { assertSameIdType } from './assert-same-id-type.js';
import { backfillNotices } from './backfill-notices.js';
import { cascadeNotices } from './cascade-notices.js';
import type { Comparison } from './comparison.js';
import { conversionOf } from './conversions/conversion-of.js';
import { fillOf, NO_FILLER } from './conversions/filler.js';
import { replacedValues, valueChangeOf } from './conversions/value-change-of.js';
import { definitionNotices } from './definition-notices.js';
import { diffComponents } from './diff-components.js';
import { diffFields, type KnownObjects } from './diff-fields.js';
import { diffIndexes } from './diff-indexes.js';
import { diffObjects, previousObjects } from './diff-objects.js';
import { compareWithDeployed } from './drift/compare-with-deployed.js';
import { type Deployed, deployedTables } from './drift/find-drift.js';
import { projectTable } from './drift/project-table.js';
import { type DiffInputs, knownDiff, rememberDiff } from './known-diff.js';
import { definitionsAfter, projectSchema } from './project-schema.js';
import { removedTables } from './removed-tables.js';
import { renameNotices } from './renames/rename-notices.js';
import { assertNotMentioned, renameTable } from './renames/rename-table.js';
import { placeholderName, removedColumns, renamedColumns } from './renames/renamed-columns.js';
import { addVerifiedDiff } from './verified-plans.js';

interface TableChanges {
  readonly fields: FieldChange[];
  readonly indexes: IndexChange[];
  readonly changed: TableChange[];
  readonly cascades: DeployNotice[];
  /** Tables after the deployment, by their new names. */
  readonly tables: Map<string, Table>;
}

/** What the new metadata means for adopted tables. */
function desiredMetadata(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { owner = TENANT_OWNER, rollback }: DiffOptions,
): DesiredMetadata {
  const former = previousObjects(current, desired, { owner, predecessors: rollback?.objects });
  const names = new Set([...former].flatMap(([name, before]) => (before.name === name ? [name] : [])));
  const owned = current.objects.filter((object) => object.owner === owner);
  const others = current.objects.filter((object) => object.owner !== owner);
  const afterwards = [...others.map(({ definition }) => definition), ...desired];
  return {
    desired,
    former,
    known: idTypesOf(afterwards),
    moved: new Set(owned.map(({ definition }) => definition.name).filter((name) => !names.has(name))),
    predecessors: rollback?.fields,
  };
}

function* comparisonOf(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { owner = TENANT_OWNER, rollback }: DiffOptions,
): Steps<Comparison> {
  const definitions = (objects: readonly { definition: ObjectDefinition }[]) =>
    objects.map(({ definition }) => definition);
  const others = definitions(current.objects.filter((object) => object.owner !== owner));
  const former = previousObjects(current, desired, { owner, predecessors: rollback?.objects });
  const renames = new Map(
    [...former].flatMap(([name, before]) => (before.name === name ? [] : [[before.name, name] as const])),
  );
  const kept = new Set([...former.values()].map(({ name }) => name));
  const owned = current.objects.filter((object) => object.owner === owner);
  const mine = new Map(owned.map(({ definition }) => [definition.name, definition.fields]));
  for (const name of mine.keys()) if (!kept.has(name)) renames.set(name, placeholderName(name));
  const known = {
    before: idTypesOf(definitions(current.objects)),
    after: idTypesOf([...others, ...desired]),
    renames,
  };
  const deployed = yield* deployedTables(current);
  const drift = yield* compareWithDeployed(current, deployed);
  return { current, mine, desired, former, known, deployed, drift, rollback };
}

/** Whether the set of objects is unchanged, so that no unchanged lookup has lost or gained its target. */
const hasSameObjects = ({ before, after }: KnownObjects) =>
  before.size === after.size && [...after.keys()].every((name) => before.has(name));

/** The change with the live index, whose columns still have their old names. */
function withLiveColumns(change: IndexChange, { indexes }: Table): IndexChange {
  const before = change.before && indexes.find(({ name }) => name === change.before?.name);
  return before ? { ...change, before } : change;
}

function compareTable(
  [liveTable, deployed]: readonly [Table, Deployed],
  { before, after }: { before: ObjectDefinition; after: ObjectDefinition },
  { current, known, rollback }: Comparison,
  changes: TableChanges,
): void {
  const predecessors =
    rollback && (Object.hasOwn(rollback.fields, after.name) ? rollback.fields[after.name] : {});
  const lived = { ...known, before: deployed.known };
  const fields = diffFields(before, after, { ...lived, predecessors });
  const columns = renamedColumns(fields);
  const removed = removedColumns(fields);
  assertNotMentioned(current, [...columns.keys(), ...removed], before.name);
  assertNotIndexed(liveTable, removed);
  const moved = new Map([...columns, ...[...removed].map((name) => [name, placeholderName(name)] as const)]);
  const [live, ours] = [liveTable, deployed.table].map((table) =>
    renameTable(table, known.renames, moved),
  ) as [Table, Table];
  const form = current.adopted?.find(({ name }) => name === after.name);
  const table = withAdoptedForm(tableOf(after, known.after), form);
  assertColumnsFree(liveTable, deployed.table, table);
  const target = projectTable(live, ours, table);
  changes.fields.push(...fields);
  changes.cascades.push(...cascadeNotices(before.name, fields, lived));
  changes.indexes.push(...diffIndexes(ours, table).map((change) => withLiveColumns(change, liveTable)));
  changes.tables.set(target.name, target);
  const isFilled = (was: Field, is: Field) =>
    fillOf(was, is) !== NO_FILLER || (rollback !== undefined && fillOf(is, was) !== NO_FILLER);
  const changesValues = (was: Field, is: Field) =>
    rollback
      ? conversionOf(was, is) !== null || replacedValues(is, was) || replacedValues(was, is)
      : valueChangeOf(was, is) !== null;
  const isConverted = fields.some(
    ({ before: was, after: is }) => was && is && (changesValues(was, is) || isFilled(was, is)),
  );
  // If columns swap their names or one takes the name of another, the table looks unchanged but its data differs.
  const isMoved =
    columns.size > 0 ||
    fields.some(
      ({ code, risk, weakens, before: was }) =>
        was && (code === 'DS104' || risk === 'unproven_rename' || weakens?.includes('WI401')),
    ) ||
    !isSameTable(live, target);
  if (isConverted || isMoved || !isSameTable(liveTable, target))
    changes.changed.push({ before: liveTable, after: target });
}

/**
 * Compares the remaining objects of the owner. A table may change without its definition if a lookup target is added or
 * removed.
 */
function* diffTables(whole: Comparison): Steps<TableChanges> {
  const { current, mine, desired, former, known, deployed, drift } = whole;
  const live = new Map(current.tables.map((table) => [table.name, table]));
  const changes: TableChanges = { fields: [], indexes: [], changed: [], cascades: [], tables: new Map() };
  const hasSameNames = known.renames.size === 0 && hasSameObjects(known);
  assertNotReferred(current, { moved: known.renames, mine });
  assertNotMentioned(current, [...known.renames.keys()]);
  for (const after of desired) {
    yield;
    const before = former.get(after.name);
    assertSameIdType(after, before);
    if (!before) {
      changes.tables.set(after.name, tableOf(after, known.after));
      continue;
    }
    assertAsDeployed(before.name, drift);
    const pair = [live.get(before.name), deployed.get(before.name)] as [Table, Deployed];
    if (!hasSameNames || before !== after) compareTable(pair, { before, after }, whole, changes);
  }
  return changes;
}

const ownFields = memoizeFrozen((definition: ObjectDefinition) =>
  internDefinition(separateSystemFields(definition)),
);

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** See {@link ISchemaDiffService.diff}. */
export const diff = (
  current: CurrentSchema,
  objects: readonly ObjectDefinition[],
  options: DiffOptions = {},
): DeployDiff => runSteps(diffSteps(current, objects, options));

/** Like {@link diff}, but yields between steps. A diff is derived once from the same inputs, if nothing can change them. */
export function* diffSteps(
  current: CurrentSchema,
  objects: readonly ObjectDefinition[],
  options: DiffOptions = {},
): Steps<DeployDiff> {
  const { owner = TENANT_OWNER, rollback } = options;
  const own = yield* mapSteps(objects, (object) => ownFields(internDefinition(object)));
  const desired = own.sort(byName);
  const components =
    options.components &&
    (yield* mapSteps(options.components, (component) => ({
      ...component,
      definition: copyComponent(component.definition),
    })));
  const inputs: DiffInputs = { current, desired, components, owner };
  if (!isFrozenDeeply(current)) return yield* deriveDiff(inputs, rollback);
  const known = rollback ? undefined : knownDiff(inputs);
  if (known) return known;
  const derived = yield* addVerifiedDiff(yield* deriveDiff(inputs, rollback));
  if (!rollback) rememberDiff(inputs, derived);
  return derived;
}

function* deriveDiff(
  { current, desired, components: given, owner }: DiffInputs,
  rollback: DiffOptions['rollback'],
): Steps<DeployDiff> {
  const options = { owner, ...(rollback && { rollback }) };
  if (!rollback) yield* assertFitting(current, desired);
  const objectChanges = yield* diffObjects(current, desired, { owner, predecessors: rollback?.objects });
  const { schema, normalized } = current.adopted
    ? yield* normalizeAdopted(current, desiredMetadata(current, desired, options))
    : { schema: current, normalized: [] };
  const whole = yield* comparisonOf(schema, desired, options);
  const { known, drift } = whole;
  const { fields, indexes, changed, cascades, tables } = yield* diffTables(whole);
  const components = given ? yield* diffComponents(current, given, owner) : [];
  const target = yield* projectSchema(schema, {
    objects: objectChanges,
    components,
    owner,
    tables,
    renames: known.renames,
  });
  return {
    owner,
    baseSchemaHash: current.schemaHash,
    targetSchemaHash: yield* schemaHashSteps(target),
    objects: objectChanges,
    fields,
    indexes,
    tables: changed,
    ...(normalized.length > 0 && { normalized: [...normalized] }),
    removed: removedTables(whole, objectChanges),
    components,
    notices: [
      ...definitionNotices(definitionsAfter(objectChanges), known.after),
      ...(rollback ? [] : [...(yield* renameNotices(objectChanges, fields)), ...backfillNotices(fields)]),
      ...cascades,
    ],
    drift: [...drift],
    ...(rollback && {
      restores: { deploymentId: rollback.deploymentId, tables: structuredClone([...rollback.tables]) },
    }),
    ...knownObjectsOf(known.after),
  };
}
