import type { ObjectDefinition } from '@objectstack/spec/data';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppComponent, DeployBundle, InstalledApp } from '@objectstack/spec/system';
import { publicSettings } from './check-settings.js';
import { checksumOf, isSameJson, manifestChecksum } from './checksum-of.js';
import { COMPONENT_LISTS, composeBundle } from './compose-bundle.js';
import type { InstalledAppLayer, TenantLayers } from './tenant-layers.js';

const KINDS = { views: 'view', flows: 'flow', permissions: 'permission' } as const;

/** The name is only repeated if it can be one. */
export function appNotInstalled(appId: unknown): ObjectStackError {
  const isName = typeof appId === 'string' && isStorableText(appId) && /^[a-z][a-z0-9_]{0,62}$/.test(appId);
  return new ObjectStackError({
    code: 'app_not_installed',
    message: `The app${isName ? ` ${appId}` : ''} is not installed in the tenant.`,
    details: { apps: isName ? [appId] : [] },
  });
}

export function findApp({ apps }: TenantLayers, appId: unknown): InstalledAppLayer {
  const found = apps.find(({ manifest }) => manifest.name === appId);
  if (!found) throw appNotInstalled(appId);
  return found;
}

function componentsOf({ manifest }: InstalledAppLayer, composed: DeployBundle): AppComponent[] {
  const { name: owner } = manifest;
  const objects = new Map<string, ObjectDefinition>(composed.objects.map((object) => [object.name, object]));
  const component = (
    kind: AppComponent['kind'],
    name: string,
    { before, after }: { before: unknown; after: unknown },
  ) => ({
    kind,
    name,
    owner,
    checksum: checksumOf(before),
    isModified: !isSameJson(before, after),
  });
  const fieldOf = (object: string, field: string) => objects.get(object)?.fields[field];
  return [
    ...manifest.objects.map((before) =>
      component('object', before.name, { before, after: objects.get(before.name) }),
    ),
    ...manifest.objectExtensions.flatMap(({ extend, fields = {} }) =>
      Object.entries(fields).flatMap(([name, before]) => {
        const after = fieldOf(extend, name);
        return after ? [component('field', `${extend}.${name}`, { before, after })] : [];
      }),
    ),
    ...COMPONENT_LISTS.flatMap((list) => {
      const now = new Map(composed[list].map((item) => [item.name, item] as const));
      return manifest[list].map((before) =>
        component(KINDS[list], before.name, { before, after: now.get(before.name) }),
      );
    }),
  ];
}

const describe = (layer: InstalledAppLayer, composed: DeployBundle): InstalledApp => {
  const { name: appId, namespace, label, version } = layer.manifest;
  return {
    appId,
    namespace,
    ...(label !== undefined && { label }),
    version,
    checksum: manifestChecksum(layer.manifest),
    ...publicSettings(layer.manifest, layer.settings),
    components: componentsOf(layer, composed),
  };
};

/** The installed apps without secrets. */
export function describeApps(layers: TenantLayers): InstalledApp[] {
  const { bundle } = composeBundle(layers);
  return layers.apps.map((layer) => describe(layer, bundle));
}
