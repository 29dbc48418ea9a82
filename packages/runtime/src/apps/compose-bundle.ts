import { NAMESPACE_SEPARATOR } from '@objectstack/spec/shared';
import type { AppManifest, DeployBundle } from '@objectstack/spec/system';
import type { CompositionIssue } from './composition-issue.js';
import { extendObjects } from './extend-objects.js';
import { type InstalledAppLayer, namespacePrefix, type TenantLayers } from './tenant-layers.js';

export const COMPONENT_LISTS = ['views', 'flows', 'permissions'] as const;
type ComponentList = (typeof COMPONENT_LISTS)[number];

export interface Composition {
  readonly bundle: DeployBundle;
  readonly issues: readonly CompositionIssue[];
}

const prefixOf = (name: string) =>
  name.slice(0, name.indexOf(NAMESPACE_SEPARATOR) + NAMESPACE_SEPARATOR.length);

/** A component of the tenant with the name of an app's replaces it; no other may have the namespace of an app. */
function composeComponents<List extends ComponentList>(
  list: List,
  { own, apps }: TenantLayers,
  issues: CompositionIssue[],
): DeployBundle[List] {
  const ofApps = apps.flatMap(({ manifest }) => manifest[list]) as { name: string }[];
  const names = new Set(ofApps.map(({ name }) => name));
  const replaced = new Set<string>();
  for (const [index, { name }] of own[list].entries()) {
    if (names.has(name)) replaced.add(name);
    else if (name.includes(NAMESPACE_SEPARATOR))
      issues.push({
        code: 'name_outside_namespace',
        path: [list, index, 'name'],
        subject: name,
        message: `The name ${name} contains ${NAMESPACE_SEPARATOR}, which is reserved for apps, and no installed app has a component of this name.`,
      });
  }
  return [...own[list], ...ofApps.filter(({ name }) => !replaced.has(name))] as DeployBundle[List];
}

function reportOwnNames({ objects }: DeployBundle, issues: CompositionIssue[]): void {
  const report = (path: CompositionIssue['path'], name: string) =>
    name.includes(NAMESPACE_SEPARATOR) &&
    issues.push({
      code: 'name_outside_namespace',
      path,
      subject: name,
      message: `The name ${name} contains ${NAMESPACE_SEPARATOR}, which is reserved for apps. Extend an object of an app with objectExtensions.`,
    });
  for (const [index, { name, fields }] of objects.entries()) {
    report(['objects', index, 'name'], name);
    for (const field of Object.keys(fields)) report(['objects', index, 'fields', field], field);
  }
}

/** Whether an object belongs to an app that this one can run without. */
function isOptionalTarget({ dependencies }: AppManifest, apps: readonly InstalledAppLayer[]) {
  const installed = new Set(apps.map(({ manifest }) => namespacePrefix(manifest)));
  const hasOptional = dependencies.some(({ optional }) => optional);
  return (object: string) =>
    hasOptional && object.includes(NAMESPACE_SEPARATOR) && !installed.has(prefixOf(object));
}

/** Seed data of apps leaves records alone that users changed. */
const seedsOf = ({ manifest, skipSeedData }: InstalledAppLayer) =>
  skipSeedData ? [] : manifest.seedData.map((dataset) => ({ preserveEdits: true, ...dataset }));

/**
 * The bundle that the layers add up to. Pure. The components of the tenant come first, at the positions that they have in
 * its bundle. Extensions take effect in the order of installation, and those of the tenant last.
 */
export function composeBundle(layers: TenantLayers): Composition {
  const { own, apps } = layers;
  const issues: CompositionIssue[] = [];
  reportOwnNames(own, issues);
  const all = [...own.objects, ...apps.flatMap(({ manifest }) => manifest.objects)];
  const objects = new Map(all.map((object) => [object.name, object]));
  for (const { manifest } of apps)
    extendObjects(
      objects,
      {
        app: manifest.name,
        prefix: namespacePrefix(manifest),
        extensions: manifest.objectExtensions,
        isOptional: isOptionalTarget(manifest, apps),
      },
      issues,
    );
  const { objectExtensions = [], ...rest } = own;
  extendObjects(objects, { extensions: objectExtensions }, issues);
  const [views, flows, permissions] = [
    composeComponents('views', layers, issues),
    composeComponents('flows', layers, issues),
    composeComponents('permissions', layers, issues),
  ];
  const composed: DeployBundle = {
    ...rest,
    // A name that occurs twice stays twice, so that validation reports it.
    objects: all.map((object) => objects.get(object.name) ?? object),
    views,
    flows,
    permissions,
    seedData: [...own.seedData, ...apps.flatMap(seedsOf)],
  };
  return { bundle: { ...composed, manifest: composeManifest(own, composed) }, issues };
}

/** Lists that are given name everything, and an empty list lists nothing. */
function composeManifest(
  { manifest, ...own }: DeployBundle,
  composed: DeployBundle,
): DeployBundle['manifest'] {
  const { checksum: _checksum, ...result } = manifest;
  for (const list of ['objects', ...COMPONENT_LISTS] as const) {
    if (manifest[list].length === 0) continue;
    const names = new Set(own[list].map(({ name }) => name));
    const added = composed[list].flatMap(({ name }) => (names.has(name) ? [] : [name]));
    result[list] = [...manifest[list], ...added];
  }
  return result;
}
