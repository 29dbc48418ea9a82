import type { InstalledAppLayer, TenantLayers } from './tenant-layers.js';

const isSecret = ({ manifest }: InstalledAppLayer, name: string) =>
  Object.hasOwn(manifest.settings, name) && manifest.settings[name]?.secret === true;

/** The layer, noting the tenant that its secret settings are sealed for. */
export function sealedLayer(layer: InstalledAppLayer, tenantId: string): InstalledAppLayer {
  const { sealedFor: _, ...rest } = layer;
  const hasSecret = Object.keys(layer.settings).some((name) => isSecret(layer, name));
  return hasSecret ? { ...rest, sealedFor: tenantId } : rest;
}

function ownLayer(layer: InstalledAppLayer, tenantId: string): InstalledAppLayer {
  const { sealedFor, ...rest } = layer;
  if (sealedFor === undefined || sealedFor === tenantId) return layer;
  const settings = Object.entries(layer.settings).filter(([name]) => !isSecret(layer, name));
  return { ...rest, settings: Object.fromEntries(settings) };
}

/**
 * The layers without secret settings that are sealed for another tenant, of which this one is a copy: it can neither open
 * them nor should it seem to have them. Layers of earlier releases do not tell whose they are, and are not changed.
 */
export const withOwnSecrets = <Layers extends TenantLayers>(layers: Layers, tenantId: string): Layers => ({
  ...layers,
  apps: layers.apps.map((layer) => ownLayer(layer, tenantId)),
});
