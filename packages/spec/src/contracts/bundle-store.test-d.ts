import { describe, expectTypeOf, it } from 'vitest';
import type { IBundleStore, ListUnusedOptions, UnusedBundlesPage } from './bundle-store.js';
import type { AbortOptions } from './driver-call.js';

declare const store: IBundleStore;

describe('IBundleStore', () => {
  it('stores bytes under their checksum', () => {
    expectTypeOf(store.put).parameters.toEqualTypeOf<[Uint8Array, AbortOptions?]>();
    expectTypeOf(store.put).returns.resolves.toBeString();
    expectTypeOf(store.get).parameters.toEqualTypeOf<[string, AbortOptions?]>();
    expectTypeOf(store.get).returns.resolves.toEqualTypeOf<Uint8Array>();
  });

  it('lists and removes bundles that were not used since a timestamp', () => {
    expectTypeOf(store.listUnused).parameters.toEqualTypeOf<[string, ListUnusedOptions?]>();
    expectTypeOf(store.listUnused).returns.resolves.toEqualTypeOf<UnusedBundlesPage>();
    expectTypeOf(store.removeUnused).parameters.toEqualTypeOf<[string, string, AbortOptions?]>();
    expectTypeOf(store.removeUnused).returns.resolves.toBeBoolean();
  });
});
