import { createHash } from 'node:crypto';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { ByteLimitedCache } from '../shared/byte-limited-cache.js';
import { freezeOutsideIn } from '../shared/freeze-outside-in.js';
import type { BundleCheck } from './validate-bundle.js';

/**
 * Total size of each cache. A bundle is usually validated, planned, stored and executed several times: for many
 * tenants, or again without changes. The results of its validation are cached, frozen, by the hash of its content.
 */
const MOST_BYTES = 4 * 2 ** 20;

const checks = new ByteLimitedCache<BundleCheck>(MOST_BYTES);
const stored = new ByteLimitedCache<{ readonly bytes: Uint8Array; readonly bundle: DeployBundle }>(
  MOST_BYTES,
);

/** The result of a check, which runs only if the same content has not been found valid before. */
export function* cachedCheck(
  plain: unknown,
  check: () => Steps<BundleCheck>,
  isComposed = false,
): Steps<BundleCheck> {
  const text = JSON.stringify(plain) ?? '';
  const key = `${isComposed}/${createHash('sha256').update(text).digest('hex')}`;
  const known = checks.get(key);
  if (known) return known;
  const found = yield* check();
  const { result, bundle, canonical } = found;
  if (!bundle || !canonical) return found;
  const checked = {
    ...found,
    result: yield* freezeOutsideIn(result),
    bundle: yield* freezeOutsideIn(bundle),
  };
  checks.set(key, checked, text.length);
  // What is stored for a bundle with layers or extensions is not what it is composed to.
  if (isComposed || bundle.objectExtensions?.length) return checked;
  const { checksum: _checksum, ...manifest } = bundle.manifest;
  yield* cacheBundle(canonical.checksum, { bytes: canonical.bytes, bundle: { ...bundle, manifest } });
  return checked;
}

/** Caches the bundle that was parsed from bytes. */
export function* cacheBundle(
  checksum: string,
  { bytes, bundle }: { bytes: Uint8Array; bundle: DeployBundle },
): Steps<DeployBundle> {
  stored.set(checksum, { bytes: bytes.slice(), bundle: yield* freezeOutsideIn(bundle) }, bytes.byteLength);
  return bundle;
}

/** The cached bundle of exactly these bytes; `undefined` if there is none. */
export function cachedBundle(checksum: string, bytes: Uint8Array): DeployBundle | undefined {
  const known = stored.get(checksum);
  return known && Buffer.compare(known.bytes, bytes) === 0 ? known.bundle : undefined;
}
