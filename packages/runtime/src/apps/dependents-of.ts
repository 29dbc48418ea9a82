import type { ObjectDefinition } from '@objectstack/spec/data';
import type { AppManifest } from '@objectstack/spec/system';
import { entriesOf, partOf, textOf } from '../bundle/part-of.js';
import { COMPONENT_LISTS } from './compose-bundle.js';
import { namespacePrefix, type TenantLayers } from './tenant-layers.js';

const KINDS = { views: 'view', flows: 'flow', permissions: 'permission' } as const;

type Layer = Pick<AppManifest, 'objects' | 'views' | 'flows' | 'permissions'> & {
  readonly objectExtensions?: AppManifest['objectExtensions'] | undefined;
};

const lookupsTo = (owner: string, fields: ObjectDefinition['fields'], isOfApp: (name: string) => boolean) =>
  Object.entries(fields).flatMap(([name, field]) =>
    typeof field.reference === 'string' && isOfApp(field.reference) ? [`field/${owner}.${name}`] : [],
  );

/** Components of a layer that name an object or component with the app's namespace. */
function mentions(layer: Layer, isOfApp: (name: string) => boolean): string[] {
  return [
    ...layer.objects.flatMap(({ name, fields }) => lookupsTo(name, fields, isOfApp)),
    ...(layer.objectExtensions ?? []).flatMap(({ extend, fields = {} }) =>
      isOfApp(extend) ? [`object/${extend}`] : lookupsTo(extend, fields, isOfApp),
    ),
    ...COMPONENT_LISTS.flatMap((list) =>
      layer[list].flatMap(({ name }) => (isOfApp(name) ? [`${KINDS[list]}/${name}`] : [])),
    ),
    ...layer.views.flatMap((view) =>
      isOfApp(textOf(partOf(view, 'object')) ?? '') ? [`view/${view.name}`] : [],
    ),
    ...layer.permissions.flatMap((set) =>
      entriesOf(set.objects).some(([object]) => isOfApp(object)) ? [`permission/${set.name}`] : [],
    ),
  ];
}

/**
 * What prevents the removal of an app: apps that require it, and what other owners built on its components. Pure. An app
 * with an optional dependency works without it, except for what refers to its objects.
 */
export function dependentsOf({ own, apps }: TenantLayers, app: AppManifest): string[] {
  const prefix = namespacePrefix(app);
  const isOfApp = (name: string) => name.startsWith(prefix);
  const found = [...mentions(own, isOfApp)];
  for (const { manifest } of apps) {
    if (manifest.name === app.name) continue;
    const dependency = manifest.dependencies.find(({ appId }) => appId === app.name);
    if (dependency && !dependency.optional) found.push(`app/${manifest.name}`);
    // An extension of an object of an optional dependency is left out while there is no such object.
    else found.push(...mentions({ ...manifest, objectExtensions: [] }, isOfApp));
  }
  return [...new Set(found)].sort();
}
