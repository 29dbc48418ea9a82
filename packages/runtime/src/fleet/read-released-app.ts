import { ObjectStackError } from '@objectstack/spec/shared';
import { type AppManifest, AppManifestSchema } from '@objectstack/spec/system';
import type { FleetContext } from './fleet-context.js';

function parse(bytes: Uint8Array): AppManifest | undefined {
  try {
    return AppManifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

/** The manifest that is stored as the release of an app. Rejects like the bundle store, and with `bundle_corrupt`. */
export async function readReleasedApp(
  { bundles }: Pick<FleetContext, 'bundles'>,
  checksum: string,
  signal?: AbortSignal,
): Promise<AppManifest> {
  const manifest = parse(await bundles.get(checksum, signal ? { signal } : {}));
  if (manifest) return manifest;
  throw new ObjectStackError({
    code: 'bundle_corrupt',
    message: 'The stored manifest is not valid in this release. Create the release of the app again.',
    details: { checksum },
  });
}
