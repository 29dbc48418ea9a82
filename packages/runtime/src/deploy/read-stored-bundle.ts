import type { AbortOptions, IBundleStore } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { readLayers } from '../apps/read-layers.js';
import { cacheBundle, cachedBundle } from '../bundle/cached-bundle.js';

/** Returns nothing if the bytes are not JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The validated, frozen bundle that is stored under this checksum. */
export async function readStoredBundle(
  bundles: IBundleStore,
  checksum: string,
  options: AbortOptions = {},
): Promise<DeployBundle> {
  const bytes = await bundles.get(checksum, options);
  const known = cachedBundle(checksum, bytes);
  if (known) return known;
  const bundle = await runStepsInTurns(readLayers(parseJson(bytes)));
  if (bundle) return runStepsInTurns(cacheBundle(checksum, { bytes, bundle }));
  throw new ObjectStackError({
    code: 'bundle_corrupt',
    message:
      'The stored bundle is not valid in this release. Deploy it again, or use the release that stored it.',
    details: { checksum },
  });
}
