import type { ISecretSealer } from '@objectstack/spec/contracts';
import { type SealedSecret, SealedSecretSchema } from '@objectstack/spec/shared';
import type { AppManifest } from '@objectstack/spec/system';
import { publicSettings, settingField, storeSettings } from './check-settings.js';
import { isSameJson } from './checksum-of.js';
import { sealedLayer } from './sealed-layer.js';
import type { InstalledAppLayer } from './tenant-layers.js';

interface Place {
  readonly tenantId: string;
  readonly sealer: ISecretSealer | undefined;
}

/** A secret that cannot be opened, for example because its key was removed, differs from any value. */
async function isSameSecret(
  stored: unknown,
  given: unknown,
  { tenantId, field, sealer }: Place & { field: string },
): Promise<boolean> {
  const sealed = SealedSecretSchema.safeParse(stored);
  if (!sealed.success || !sealer) return false;
  const opened = await sealer.open(sealed.data as SealedSecret, { tenantId, field }).catch(() => undefined);
  return opened === given;
}

/** The given values that differ from the stored ones: encrypting a secret again would be a change of the app. */
async function changedSettings(
  manifest: AppManifest,
  { given, stored }: { given: Readonly<Record<string, unknown>>; stored: Readonly<Record<string, unknown>> },
  place: Place,
): Promise<Record<string, unknown>> {
  const { settings } = publicSettings(manifest, stored);
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = settingField(manifest.name, name);
    const isSame = manifest.settings[name]?.secret
      ? await isSameSecret(stored[name], value, { ...place, field })
      : isSameJson(settings[name], value);
    if (!isSame) changed[name] = value;
  }
  return changed;
}

/** The layer with other values of settings; the same layer if none differs. */
export async function withSettings(
  layer: InstalledAppLayer,
  given: Readonly<Record<string, unknown>>,
  place: Place,
): Promise<InstalledAppLayer> {
  const { manifest, settings: stored } = layer;
  const changed = await changedSettings(manifest, { given, stored }, place);
  if (Object.keys(changed).length === 0) return layer;
  // Data that the installation restored is not restored again.
  const { restores: _restores, ...rest } = layer;
  const settings = await storeSettings(manifest, { given: changed, stored }, place);
  return sealedLayer({ ...rest, settings }, place.tenantId);
}
