import { describeTursoPlatformService } from '@objectstack/conformance';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { KNOWN_DEVIATIONS, openapiProblems } from './openapi-problems.js';
import { platformDatabase } from './platform-database.js';
import { driverOf, sharedEmulator } from './shared-emulator.js';

const shared = sharedEmulator({ servedAfterMs: IS_EXHAUSTIVE ? 150 : 20, pageSize: 5 });

describeTursoPlatformService(
  { describe, it },
  {
    name: 'on Turso Cloud (emulated)',
    supports: { tokens: true, access: true, seed: true, sizeLimit: true, groups: true, retention: false },
    create: async () => ({
      platform: shared().client,
      group: 'default',
      open: async ({ url }, token) => platformDatabase(driverOf(url, token)),
    }),
  },
);

describe('TursoPlatformClient', () => {
  it('sent only requests, and received only answers, of the OpenAPI document', () => {
    const { exchanges } = shared();
    expect(exchanges.length).toBeGreaterThan(200);
    expect(openapiProblems(exchanges)).toEqual(KNOWN_DEVIATIONS);
  });
});
