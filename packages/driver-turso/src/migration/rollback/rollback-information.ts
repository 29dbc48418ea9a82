import type { RollbackSource } from '@objectstack/spec/contracts';
import { type ObjectDefinition, SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type {
  Component,
  CurrentSchema,
  DeployDiff,
  MigrationPlan,
  RetainedTable,
} from '@objectstack/spec/system';
import { definitionHash } from '../../schema/definition-text.js';
import { canonicalJson } from '../../schema/hash-of.js';
import { mapSteps } from '../../schema/map-steps.js';
import { sha256 } from '../../schema/sha256.js';
import { changesByObject } from '../diff/renames/changes-by-object.js';
import { retainedTablesOf } from '../plan/retained/retain-values.js';
import { planTables } from '../plan/table/table-plan.js';

/** What rolls back a deployment in the history: its previous definitions, by the names after the deployment. */
export interface RollbackInformation {
  readonly owner: string;
  /** Changed objects. An added one has no `before`, a removed one no `object`. */
  readonly objects: readonly {
    readonly object?: string;
    readonly before?: ObjectDefinition;
    /** Hash of the definition that the deployment left. */
    readonly hash?: string;
  }[];
  readonly fields: readonly { readonly object: string; readonly field: string; readonly former: string }[];
  readonly components: readonly (Pick<Component, 'kind' | 'name'> & {
    readonly before?: Component['definition'];
    readonly hash?: string;
  })[];
  readonly tables: readonly RetainedTable[];
}

/** Tables in which the statements of a plan retain removed data. */
export function* retainedTablesIn({ diff }: Pick<MigrationPlan, 'diff'>): Steps<RetainedTable[]> {
  return retainedTablesOf(diff, yield* planTables(diff, SQLiteAlterTableLimitations));
}

const componentHash = (definition: Component['definition']) => sha256(canonicalJson(definition));

export function* rollbackInformationOf({ diff }: Pick<MigrationPlan, 'diff'>): Steps<RollbackInformation> {
  return {
    owner: diff.owner,
    objects: yield* mapSteps(diff.objects, ({ change, object, before, after }) => ({
      ...(change !== 'removed' && { object }),
      ...(before && { before }),
      ...(after && { hash: definitionHash(after) }),
    })),
    fields: diff.fields.flatMap(({ object, field, former }) => (former ? [{ object, field, former }] : [])),
    components: yield* mapSteps(diff.components, ({ kind, name, before, after }) => ({
      kind,
      name,
      ...(before && { before }),
      ...(after && { hash: componentHash(after) }),
    })),
    tables: yield* retainedTablesIn({ diff }),
  };
}

/** The rollback information as JSON, with the properties of definitions in their order. */
export function* rollbackInformationText(information: RollbackInformation): Steps<string> {
  const members: string[] = [];
  for (const [key, value] of Object.entries(information)) {
    const text = Array.isArray(value)
      ? `[${(yield* mapSteps(value, (item) => JSON.stringify(item))).join(',')}]`
      : JSON.stringify(value);
    members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

/** Current name of each field by its name before the deployment; null if it was removed. */
function currentNamesOf(
  fields: RollbackInformation['fields'],
  before: ObjectDefinition,
): Record<string, string | null> {
  const renames = new Map(fields.map(({ field, former }) => [former, field]));
  const taken = new Set(renames.values());
  return Object.fromEntries(
    Object.keys(before.fields).map((name) => [name, renames.get(name) ?? (taken.has(name) ? null : name)]),
  );
}

export function rollbackSourceOf(information: RollbackInformation, deploymentId: string): RollbackSource {
  const changed = information.objects.flatMap(({ object, before }) => (before ? [{ object, before }] : []));
  const fields = changesByObject(information.fields);
  return {
    deploymentId,
    tables: information.tables,
    objects: Object.fromEntries(changed.map(({ object, before }) => [before.name, object ?? null])),
    fields: Object.fromEntries(
      changed.flatMap(({ object, before }) =>
        object ? [[before.name, currentNamesOf(fields.get(object) ?? [], before)] as const] : [],
      ),
    ),
  };
}

/** The rollback source, derived from the diff of a rollback. */
export function rollbackSourceIn({ restores, objects, fields }: DeployDiff): RollbackSource | undefined {
  if (!restores) return undefined;
  const changes = changesByObject(fields);
  const fieldsOf = (object: string) =>
    Object.fromEntries(
      (changes.get(object) ?? [])
        .filter(({ after }) => after)
        .map(({ field, former, before }) => [field, before ? (former ?? field) : null]),
    );
  return {
    ...restores,
    objects: Object.fromEntries(
      objects.flatMap(({ object, before, after }) => (after ? [[object, before?.name ?? null]] : [])),
    ),
    fields: Object.fromEntries(objects.map(({ object }) => [object, fieldsOf(object)])),
  };
}

/** Metadata of the owner before the deployment. */
export function desiredBefore(information: RollbackInformation, current: CurrentSchema) {
  const objects = new Map(
    current.objects
      .filter(({ owner }) => owner === information.owner)
      .map(({ definition }) => [definition.name, definition]),
  );
  for (const { object } of information.objects) if (object) objects.delete(object);
  for (const { before } of information.objects) if (before) objects.set(before.name, before);
  const keyOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>) => `${kind}/${name}`;
  const components = new Map(
    current.components
      .filter(({ owner }) => owner === information.owner)
      .map(({ kind, name, definition }) => [keyOf({ kind, name }), { kind, name, definition }]),
  );
  for (const { kind, name, before } of information.components) {
    if (before) components.set(keyOf({ kind, name }), { kind, name, definition: before });
    else components.delete(keyOf({ kind, name }));
  }
  return { objects: [...objects.values()], components: [...components.values()] };
}

/**
 * Names of objects and components that changed after the deployment, although every later deployment was rolled back.
 */
export function changedSince(information: RollbackInformation, current: CurrentSchema): string[] {
  const keyOf = ({ kind, name }: Pick<Component, 'kind' | 'name'>) => `${kind}/${name}`;
  const objects = new Map(current.objects.map(({ definition }) => [definition.name, definition]));
  const components = new Map(current.components.map((component) => [keyOf(component), component.definition]));
  const changedObjects = information.objects.flatMap(({ object, hash }) => {
    const definition = object === undefined ? undefined : objects.get(object);
    return object === undefined || (definition && definitionHash(definition) === hash) ? [] : [object];
  });
  const changedComponents = information.components.flatMap(({ hash, ...component }) => {
    const definition = components.get(keyOf(component));
    const isSame = definition === undefined ? hash === undefined : componentHash(definition) === hash;
    return isSame ? [] : [keyOf(component)];
  });
  return [...changedObjects, ...changedComponents];
}
