import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import {
  BUNDLE_STORE_REQUIREMENTS,
  type BundleStoreSuiteOptions,
  describeBundleStore,
} from '../src/bundle-store/describe-bundle-store.js';
import { collectFailures } from '../src/kit/collect-failures.js';
import { MemoryBundleStore, type MemoryBundles } from '../src/reference/memory-bundle-store.js';
import type { BundleStoreMutant } from './bundle-store-mutants/bundle-store-mutant.js';
import { BUNDLE_STORE_MUTANTS } from './bundle-store-mutants/bundle-store-mutants.js';

/** The suite on the reference implementation with some methods replaced. */
const suiteOf = (mutate: BundleStoreMutant['mutate'] = () => ({})): BundleStoreSuiteOptions => ({
  name: 'in memory',
  create: async (clock) => {
    const bundles: MemoryBundles = new Map();
    const open = async () => {
      const store = new MemoryBundleStore(bundles, clock);
      return Object.assign(store, mutate(store));
    };
    const store = await open();
    const damage = async (checksum: string, bytes: Uint8Array) => {
      const bundle = store.bundles.get(checksum);
      if (bundle) bundle.bytes = bytes;
    };
    return { store, open, damage };
  },
});

describeBundleStore({ describe, it }, suiteOf());

describe('describeBundleStore', () => {
  it('has a distinct behavior for each requirement', () => {
    const entries = Object.entries(BUNDLE_STORE_REQUIREMENTS);
    expect(new Set(entries.map(([, { behavior }]) => behavior)).size).toBe(entries.length);
    for (const [id] of entries) expect(id).toMatch(/^bundle-store\/[a-z]+\/[a-z-]+$/);
  });

  it('destroys every store, also after a failure', async () => {
    const counts = { created: 0, destroyed: 0 };
    const { create } = suiteOf(() => ({ get: async () => new Uint8Array([1]) }));
    const counted: BundleStoreSuiteOptions['create'] = async (clock) => {
      counts.created++;
      return { ...(await create(clock)), destroy: async () => void counts.destroyed++ };
    };
    const failed = await collectFailures((runner) =>
      describeBundleStore(runner, { name: 'in memory', create: counted }),
    );
    expect(failed).toContain('bundle-store/get/damaged');
    expect(counts.created).toBe(Object.keys(BUNDLE_STORE_REQUIREMENTS).length);
    expect(counts.destroyed).toBe(counts.created);
  });
});

describe('a bundle store that differs from the reference implementation in one behavior', () => {
  it.each(sampleOf(Object.entries(BUNDLE_STORE_MUTANTS), 4))(
    'fails exactly the requirements that it violates: %s',
    async (_, { breaks, mutate }) => {
      const failed = await collectFailures((runner) => describeBundleStore(runner, suiteOf(mutate)));
      expect(failed.toSorted()).toEqual(breaks.map((id) => `bundle-store/${id}`).toSorted());
    },
  );

  it('exists for every requirement', () => {
    const broken = new Set(Object.values(BUNDLE_STORE_MUTANTS).flatMap(({ breaks }) => breaks));
    const ids = Object.keys(BUNDLE_STORE_REQUIREMENTS).map((id) => id.replace('bundle-store/', ''));
    expect(ids.filter((id) => !broken.has(id))).toEqual([]);
  });
});
