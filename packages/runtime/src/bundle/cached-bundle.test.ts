import { runSteps, type Steps } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { describe, expect, it, vi } from 'vitest';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { cacheBundle, cachedBundle, cachedCheck } from './cached-bundle.js';
import { parseBundle } from './text/parse-bundle.js';
import { type BundleCheck, checkBundle, validateBundle } from './validate-bundle.js';

let versions = 0;
/** A bundle that no other test uses. */
const unseen = () => {
  const bundle = structuredClone(CRM_1);
  return { ...bundle, manifest: { ...bundle.manifest, description: `Version ${versions++}` } };
};

describe('cachedCheck', () => {
  it('does not repeat the check of content that was found valid, also for another copy', () => {
    const bundle = unseen();
    const first = checkBundle(bundle);
    const check = vi.fn<() => Steps<BundleCheck>>();
    expect(runSteps(cachedCheck(structuredClone(bundle), check))).toBe(first);
    expect(check).not.toHaveBeenCalled();
  });

  it('repeats the check of content that differs or is not valid', () => {
    const bundle = unseen();
    checkBundle(bundle);
    // biome-ignore lint/correctness/useYield: a check without a pause
    const check = vi.fn(function* (): Steps<BundleCheck> {
      return { result: validateBundle({}) };
    });
    runSteps(cachedCheck({ ...bundle, views: [], flows: [{}] }, check));
    runSteps(cachedCheck({ invalid: bundle }, check));
    runSteps(cachedCheck({ invalid: bundle }, check));
    expect(check).toHaveBeenCalledTimes(3);
  });

  it('is not affected by changes that callers make to the bundle they passed or received', () => {
    const bundle = unseen();
    const before = JSON.stringify(checkBundle(bundle).bundle);
    expect(() => checkBundle(bundle).bundle?.objects.pop()).toThrow(TypeError);
    const parsed = parseBundle(JSON.stringify(bundle));
    parsed.objects.pop();
    validateBundle(bundle).issues.push({ severity: 'error', path: '', code: 'not_json', message: 'No.' });
    expect(JSON.stringify(checkBundle(bundle).bundle)).toBe(before);
    expect(validateBundle(bundle).issues).toEqual(validateBundle(CRM_1).issues);
    bundle.objects = [];
    expect(JSON.stringify(checkBundle(bundle).bundle)).not.toBe(before);
  });
});

describe('cachedBundle', () => {
  const checked = () => {
    const { bundle, canonical } = checkBundle(unseen());
    if (!bundle || !canonical) throw new Error('The sample is not valid.');
    return { bundle, ...canonical };
  };

  it('returns the bundle of bytes that this process validated', () => {
    const { bundle, bytes, checksum } = checked();
    expect(cachedBundle(checksum, bytes.slice())).toEqual(bundle);
  });

  it('returns nothing for other bytes under the same checksum', () => {
    const { bytes, checksum } = checked();
    expect(cachedBundle(checksum, bytes.slice(1))).toBeUndefined();
    const { bytes: others } = checkBundle(CRM_2).canonical ?? {};
    expect(cachedBundle(checksum, others ?? new Uint8Array())).toBeUndefined();
  });

  it('is not affected by later changes to the bytes', () => {
    const { bundle, checksum } = checked();
    const bytes = new TextEncoder().encode(JSON.stringify(bundle));
    const text = bytes.slice();
    runSteps(cacheBundle(checksum, { bytes, bundle: structuredClone(bundle) as DeployBundle }));
    bytes.fill(0);
    expect(cachedBundle(checksum, bytes)).toBeUndefined();
    expect(cachedBundle(checksum, text)).toEqual(bundle);
  });
});
