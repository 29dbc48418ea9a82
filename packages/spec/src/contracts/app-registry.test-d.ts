import { describe, expectTypeOf, it } from 'vitest';
import type { IAppRegistry, PublishedManifest } from './app-registry.js';

describe('IAppRegistry', () => {
  it('is read asynchronously', () => {
    expectTypeOf<IAppRegistry['listVersions']>().returns.resolves.toBeArray();
    expectTypeOf<IAppRegistry['getManifest']>().returns.resolves.toEqualTypeOf<PublishedManifest>();
  });

  it('need not sign manifests', () => {
    expectTypeOf<{ bytes: Uint8Array }>().toExtend<PublishedManifest>();
  });
});
