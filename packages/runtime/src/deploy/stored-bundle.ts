import type { IBundleStore } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type DeployBundle, DeployBundleSchema } from '@objectstack/spec/system';
import { knownStored, rememberStored } from '../bundle/known-bundles.js';

/** Nothing for what is not JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The bundle with this checksum, as it was validated when it was stored, frozen. */
export async function readStoredBundle(bundles: IBundleStore, checksum: string): Promise<DeployBundle> {
  const bytes = await bundles.get(checksum);
  const known = knownStored(checksum, bytes);
  if (known) return known;
  const parsed = DeployBundleSchema.safeParse(parseJson(bytes));
  if (parsed.success) return rememberStored(checksum, { bytes, bundle: parsed.data });
  throw new ObjectStackError({
    code: 'bundle_corrupt',
    message: 'The stored bundle is not one that this release can read.',
    details: { checksum },
  });
}
