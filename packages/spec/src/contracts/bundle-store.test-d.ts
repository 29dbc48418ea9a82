import { describe, expectTypeOf, it } from 'vitest';
import type { IBundleStore } from './bundle-store.js';

declare const store: IBundleStore;

describe('IBundleStore', () => {
  it('stores bytes under their checksum', () => {
    expectTypeOf(store.put).parameters.toEqualTypeOf<[Uint8Array]>();
    expectTypeOf(store.put).returns.resolves.toBeString();
    expectTypeOf(store.get).parameters.toEqualTypeOf<[string]>();
    expectTypeOf(store.get).returns.resolves.toEqualTypeOf<Uint8Array>();
  });
});
