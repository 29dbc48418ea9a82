import type { TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { collectFailures } from '../src/kit/collect-failures.js';
import { MemoryPlatform } from '../src/reference/memory-platform.js';
import {
  describeTursoPlatformService,
  TURSO_PLATFORM_REQUIREMENTS,
} from '../src/turso-platform/describe-turso-platform-service.js';
import { ALL_CAPABILITIES } from './platform-mutants/platform-mutant.js';
import { PLATFORM_MUTANTS } from './platform-mutants/platform-mutants.js';

/** The suite on the reference implementation with some methods replaced. */
const suiteOf = (supports: TursoPlatformCapabilities, mutate: (platform: MemoryPlatform) => object) => ({
  name: 'in memory',
  supports,
  create: async () => {
    const platform = new MemoryPlatform(supports);
    Object.assign(platform, mutate(platform));
    return {
      platform,
      group: 'default',
      open: async ({ name }: { name: string }, token: string | undefined) => platform.access(name, token),
    };
  },
});

describeTursoPlatformService(
  { describe, it },
  suiteOf(ALL_CAPABILITIES, () => ({})),
);
const NONE = Object.fromEntries(
  Object.keys(ALL_CAPABILITIES).map((name) => [name, name === 'pointInTimeGapMs' ? null : false]),
);
describeTursoPlatformService(
  { describe, it },
  { ...suiteOf(NONE as never, () => ({})), name: 'in memory without capabilities' },
);

describe('describeTursoPlatformService', () => {
  it('deletes the databases that it created, also after a failure', async () => {
    const platforms: MemoryPlatform[] = [];
    const suite = suiteOf(ALL_CAPABILITIES, (platform) => {
      platforms.push(platform);
      return { getDatabaseUsage: async () => ({ rowsRead: null, rowsWritten: null, storageBytes: 0 }) };
    });
    const failed = await collectFailures(
      (runner) => describeTursoPlatformService(runner, suite),
      (id) => !id.endsWith('/expired'),
    );
    expect(failed).toContain('turso-platform/usage/grows');
    expect(platforms.length).toBeGreaterThan(40);
    for (const { databases } of platforms) expect([...databases.keys()]).toEqual([]);
  });
});

describe('a platform that differs from the reference implementation in one behavior', () => {
  it.concurrent.each(sampleOf(Object.entries(PLATFORM_MUTANTS), 3))(
    'fails exactly the requirements that it violates: %s',
    async (_, { breaks, supports, mutate }) => {
      const options = suiteOf({ ...ALL_CAPABILITIES, ...supports }, mutate);
      const failed = await collectFailures(
        (runner) => describeTursoPlatformService(runner, options),
        (id) => id !== 'turso-platform/token/expired' || breaks.includes('token/expired'),
      );
      expect(failed.toSorted()).toEqual(breaks.map((id) => `turso-platform/${id}`).toSorted());
    },
  );

  it('fails every requirement if its capabilities differ from the declared ones', async () => {
    const options = suiteOf(ALL_CAPABILITIES, () => ({ supports: { ...ALL_CAPABILITIES, seed: false } }));
    const tried = ['turso-platform/create/empty', 'turso-platform/usage/grows'];
    const failed = await collectFailures(
      (runner) => describeTursoPlatformService(runner, options),
      (id) => tried.includes(id),
    );
    expect(failed).toEqual(tried);
  });

  it('exists for every requirement', () => {
    const broken = new Set(Object.values(PLATFORM_MUTANTS).flatMap(({ breaks }) => breaks));
    const ids = Object.keys(TURSO_PLATFORM_REQUIREMENTS).map((id) => id.replace('turso-platform/', ''));
    expect(ids.filter((id) => !broken.has(id))).toEqual([]);
  });
});
