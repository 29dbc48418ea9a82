import { createHash } from 'node:crypto';
import type { DeployBundle } from '@objectstack/spec/system';
import { SizedCache } from '../shared/sized-cache.js';
import type { BundleCheck } from './validate-bundle.js';

/**
 * A bundle is validated, planned, stored and executed, mostly several times: for many tenants, or again because nothing has
 * changed. What its content proves is remembered, frozen, by that content.
 */
const MOST_BYTES = 4 * 2 ** 20;

const checks = new SizedCache<BundleCheck>(MOST_BYTES);
const stored = new SizedCache<{ readonly bytes: Uint8Array; readonly bundle: DeployBundle }>(MOST_BYTES);

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

/** The result of a check, which is done only where the content of the value has not been found valid before. */
export function checkOnce(plain: unknown, check: () => BundleCheck): BundleCheck {
  const text = JSON.stringify(plain) ?? '';
  const key = createHash('sha256').update(text).digest('hex');
  const known = checks.get(key);
  if (known) return known;
  const { result, bundle, canonical } = check();
  if (!bundle || !canonical) return { result };
  const checked = { result: deepFreeze(result), bundle: deepFreeze(bundle), canonical };
  checks.set(key, checked, text.length);
  const { checksum: _checksum, ...manifest } = bundle.manifest;
  rememberStored(canonical.checksum, { bytes: canonical.bytes, bundle: { ...bundle, manifest } });
  return checked;
}

/** Remembers the bundle that was read from bytes. */
export function rememberStored(
  checksum: string,
  { bytes, bundle }: { bytes: Uint8Array; bundle: DeployBundle },
): DeployBundle {
  stored.set(checksum, { bytes: bytes.slice(), bundle: deepFreeze(bundle) }, bytes.byteLength);
  return bundle;
}

/** The bundle that these very bytes were read as, or are of; nothing where that is not known. */
export function knownStored(checksum: string, bytes: Uint8Array): DeployBundle | undefined {
  const known = stored.get(checksum);
  return known && Buffer.compare(known.bytes, bytes) === 0 ? known.bundle : undefined;
}
