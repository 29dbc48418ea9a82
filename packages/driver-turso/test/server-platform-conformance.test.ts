import { join } from 'node:path';
import { describeTursoPlatformService, TURSO_PLATFORM_REQUIREMENTS } from '@objectstack/conformance';
import { isSampled, temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { openLocalDatabase } from '../src/local/open-local-database.js';
import { createServerDatabaseStore } from '../src/server/create-server-database-store.js';
import { LibsqlServerPlatform } from '../src/server/libsql-server-platform.js';
import { platformDatabase } from './platform-database.js';
import { testSealer } from './test-sealer.js';
import { sharedSqld } from './transports.js';

const [first, second] = [sharedSqld(), sharedSqld()];

/** Servers accept a token for a minute after it has expired. */
const AN_HOUR_AGO = () => new Date(Date.now() - 3_600_000);

const IDS = Object.keys(TURSO_PLATFORM_REQUIREMENTS);
/** Every second requirement, unless tests are exhaustive: the others are tested on the emulator of Turso Cloud. */
const sampled = (name: string, body: () => Promise<void>) =>
  isSampled(IDS.indexOf(name.split(':')[0] ?? '') + 1, 2)
    ? it(name, body)
    : it.skip(`${name} (skipped: not in the sample)`, body);

describeTursoPlatformService(
  { describe, it: Object.assign(sampled, { skip: it.skip }) },
  {
    name: 'on two libSQL servers',
    supports: {
      tokens: true,
      access: true,
      seed: true,
      sizeLimit: true,
      groups: false,
      retention: false,
      pointInTimeGapMs: null,
    },
    create: async () => {
      const database = openLocalDatabase({ path: join(await temporaryFolder(), 'control.db') });
      const options = {
        servers: [first(), second()].map(({ urlTemplate: url, adminUrl }, index) => ({
          id: `server-${index}`,
          url,
          adminUrl,
        })),
        store: createServerDatabaseStore(database),
        sealer: testSealer(),
      };
      const past = new LibsqlServerPlatform({ ...options, now: AN_HOUR_AGO });
      return {
        platform: new LibsqlServerPlatform(options),
        open: async ({ url }, token) =>
          platformDatabase(createTursoDriver({ url }, token === undefined ? {} : { authToken: token })),
        expiredToken: async (name) => (await past.createToken(name, 'full-access', 1)).jwt,
        destroy: () => database.close(),
      };
    },
  },
);
