import type { Field, ObjectExtension } from '@objectstack/spec/data';
import type { AppManifest, AppMergeConflict, AppMergeDecision, DeployBundle } from '@objectstack/spec/system';
import { COMPONENT_LISTS } from './compose-bundle.js';
import { mergeProperties } from './merge-properties.js';

/*
 * The tenant's changes of an app are in its own bundle: components with the names of the app's, and extensions that
 * override properties of fields. An upgrade merges each with the new version, so that the tenant keeps what it changed
 * and gets what it did not.
 */

export interface Upgrade {
  readonly before: AppManifest;
  readonly after: AppManifest;
}

export interface MergeDecisions {
  readonly onConflict: AppMergeDecision;
  readonly decisions: Readonly<Record<string, AppMergeDecision>>;
}

export interface MergedChanges {
  readonly own: DeployBundle;
  readonly conflicts: AppMergeConflict[];
}

type Decide = (component: string) => AppMergeDecision;
type Named = { readonly name: string };

const KINDS = { views: 'view', flows: 'flow', permissions: 'permission' } as const;

const byName = <T extends Named>(items: readonly T[]) => new Map(items.map((item) => [item.name, item]));

/** The tenant's version of a component that the new version no longer has can only stay as the tenant's own. */
function mergeComponents(
  own: DeployBundle,
  { before, after }: Upgrade,
  { decide, conflicts }: { decide: Decide; conflicts: AppMergeConflict[] },
): Pick<DeployBundle, 'views' | 'flows' | 'permissions'> {
  const merged: Record<string, unknown> = {};
  for (const list of COMPONENT_LISTS) {
    const [bases, nexts] = [byName<Named>(before[list]), byName<Named>(after[list])];
    merged[list] = own[list].flatMap((tenant: Named) => {
      const base = bases.get(tenant.name);
      const next = nexts.get(tenant.name);
      if (!base) return [tenant];
      const component = `${KINDS[list]}/${tenant.name}`;
      if (!next) {
        conflicts.push({ component, properties: [], decision: 'take_app' });
        return [];
      }
      const decision = decide(component);
      const merge = mergeProperties(
        { base: { ...base }, next: { ...next }, tenant: { ...tenant } },
        decision,
      );
      if (merge.conflicts.length > 0)
        conflicts.push({ component, properties: [...merge.conflicts], decision });
      return [merge.merged];
    });
  }
  return merged as Pick<DeployBundle, 'views' | 'flows' | 'permissions'>;
}

/** Names of the fields of an object, by their previous names. */
function renamedFields(next: AppManifest['objects'][number] | undefined): Map<string, string> {
  return new Map(
    Object.entries(next?.fields ?? {}).flatMap(([name, { renamedFrom }]) =>
      [renamedFrom ?? []].flat().map((from) => [from, name] as const),
    ),
  );
}

const fieldOf = (fields: Readonly<Record<string, Field>> | undefined, name: string) =>
  fields && Object.hasOwn(fields, name) ? fields[name] : undefined;

/** An override of a field holds only some properties; those that both changed follow the decision. */
function mergeOverride(
  override: Field,
  { base, next }: { base: Field; next: Field },
  { component, decide, conflicts }: { component: string; decide: Decide; conflicts: AppMergeConflict[] },
): Field {
  const both = Object.keys(override).filter(
    (key) =>
      key !== 'type' &&
      mergeProperties(
        { base: pick(base, key), next: pick(next, key), tenant: pick(override, key) },
        'keep_tenant',
      ).conflicts.length > 0,
  );
  if (both.length === 0) return { ...override, type: next.type };
  const decision = decide(component);
  conflicts.push({ component, properties: both, decision });
  const kept = Object.entries(override).filter(([key]) => decision === 'keep_tenant' || !both.includes(key));
  return { ...Object.fromEntries(kept), type: next.type } as Field;
}

const pick = (field: Field, key: string): Record<string, unknown> =>
  Object.hasOwn(field, key) ? { [key]: field[key] } : {};

function mergeExtension(
  extension: ObjectExtension,
  { before, after }: Upgrade,
  rest: { decide: Decide; conflicts: AppMergeConflict[] },
): ObjectExtension {
  const base = before.objects.find(({ name }) => name === extension.extend);
  if (!base) return extension;
  const next =
    after.objects.find(({ name }) => name === base.name) ??
    after.objects.find(({ renamedFrom }) => [renamedFrom ?? []].flat().includes(base.name));
  if (!next) return extension;
  const renames = renamedFields(next);
  const fields: Record<string, Field> = {};
  for (const [name, override] of Object.entries(extension.fields ?? {})) {
    const was = fieldOf(base.fields, name);
    const is = fieldOf(next.fields, name) ?? fieldOf(next.fields, renames.get(name) ?? '');
    const component = `field/${base.name}.${name}`;
    if (!was) fields[name] = override;
    else if (is)
      fields[fieldOf(next.fields, name) ? name : (renames.get(name) ?? name)] = mergeOverride(
        override,
        { base: was, next: is },
        { ...rest, component },
      );
    else rest.conflicts.push({ component, properties: [], decision: 'take_app' });
  }
  return { ...extension, extend: next.name, ...(extension.fields && { fields }) };
}

/** The tenant's bundle with its changes merged into the new version of the app. Pure. */
export function mergeTenantChanges(
  own: DeployBundle,
  upgrade: Upgrade,
  { onConflict, decisions }: MergeDecisions,
): MergedChanges {
  const conflicts: AppMergeConflict[] = [];
  const decide: Decide = (component) =>
    (Object.hasOwn(decisions, component) ? decisions[component] : undefined) ?? onConflict;
  const components = mergeComponents(own, upgrade, { decide, conflicts });
  const { objectExtensions } = own;
  const extensions = objectExtensions?.map((extension) =>
    mergeExtension(extension, upgrade, { decide, conflicts }),
  );
  const names = new Map<string, readonly string[]>(
    COMPONENT_LISTS.map((list) => [list, components[list].map(({ name }) => name)]),
  );
  const manifest = { ...own.manifest };
  for (const list of COMPONENT_LISTS)
    if (manifest[list].length > 0) manifest[list] = [...(names.get(list) ?? [])];
  return {
    own: { ...own, manifest, ...components, ...(extensions && { objectExtensions: extensions }) },
    conflicts,
  };
}
