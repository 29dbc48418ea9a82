import { describeTursoPlatformService, TURSO_PLATFORM_REQUIREMENTS } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { KNOWN_DEVIATIONS, openapiProblems } from './openapi-problems.js';
import { platformDatabase } from './platform-database.js';
import { driverOf, EMULATOR_SUPPORTS, sharedEmulator } from './shared-emulator.js';

const shared = sharedEmulator({ servedAfterMs: IS_EXHAUSTIVE ? 150 : 20, pageSize: 5 });

const IDS = Object.keys(TURSO_PLATFORM_REQUIREMENTS);
/** Servers know neither groups nor points in time. */
const IS_ONLY_HERE = /^turso-platform\/(list\/group|point-in-time\/)/;
/** Every second requirement, unless tests are exhaustive: the others are tested on libSQL servers. */
const sampled = (name: string, body: () => Promise<void>) =>
  IS_ONLY_HERE.test(name) || isSampled(IDS.indexOf(name.split(':')[0] ?? ''), 2)
    ? it(name, body)
    : it.skip(`${name} (skipped: not in the sample)`, body);

type Body = () => Promise<void>;
const skip = (name: string, body: Body) => it.skip(name, body);
/** It needs a backup, with which every database is slower. */
const isElsewhere = (name: string) => name.includes('point-in-time/earlier');
const test = (name: string, body: Body) =>
  isElsewhere(name) ? skip(`${name} (skipped: tested in point-in-time.test.ts)`, body) : sampled(name, body);

describeTursoPlatformService(
  { describe, it: Object.assign(test, { skip }) },
  {
    name: 'on Turso Cloud (emulated)',
    supports: EMULATOR_SUPPORTS,
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
    expect(exchanges.length).toBeGreaterThan(IS_EXHAUSTIVE ? 200 : 100);
    const problems = openapiProblems(exchanges);
    // In a sample, not every known deviation occurs.
    if (IS_EXHAUSTIVE) expect(problems).toEqual(KNOWN_DEVIATIONS);
    else expect(KNOWN_DEVIATIONS).toEqual(expect.arrayContaining(problems));
  });
});
