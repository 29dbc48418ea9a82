import { describe, expect, it } from 'vitest';
import { BUNDLE_LIMITS } from '../system/deploy-bundle.zod.js';
import { LIMITS } from './limits.js';

describe('LIMITS', () => {
  it.each(Object.entries(LIMITS))('%s is a positive integer', (_, limit) => {
    expect(Number.isSafeInteger(limit) && limit > 0).toBe(true);
  });

  it("are the only source of the limits of a bundle's text", () => {
    expect(BUNDLE_LIMITS).toEqual({
      maxBytes: LIMITS.maxBundleBytes,
      maxDepth: LIMITS.maxBundleDepth,
      maxNodes: LIMITS.maxBundleNodes,
      maxKeys: LIMITS.maxBundleKeys,
    });
  });

  it('leave room for the system columns in the widest table that SQLite supports', () => {
    expect(LIMITS.maxObjectFields + 3).toBeLessThan(2_000);
  });
});
