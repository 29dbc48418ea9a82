import { join } from 'node:path';
import { describeTursoPlatformService } from '@objectstack/conformance';
import {
  IS_EXHAUSTIVE,
  onlyRequirements,
  type SqldServer,
  sharedSwift,
  startSqld,
  temporaryFolder,
  whyNoSwift,
} from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { openLocalDatabase } from '../src/local/open-local-database.js';
import { createServerDatabaseStore } from '../src/server/create-server-database-store.js';
import { LibsqlServerPlatform } from '../src/server/libsql-server-platform.js';
import { platformDatabase } from './platform-database.js';
import { testSealer } from './test-sealer.js';
import { sharedSqld } from './transports.js';

const reason = IS_EXHAUSTIVE ? whyNoSwift() : 'only in the exhaustive tier; the runtime tests a restore';

let server: SqldServer | undefined;
beforeAll(async () => {
  if (reason) return;
  const { endpoint, access, createBucket } = await sharedSwift();
  const bucket = await createBucket('states');
  server = await startSqld({ backup: { endpoint, bucket, access, serverName: 's1' } });
});
afterAll(async () => {
  await server?.stop();
});

async function platformOn({ urlTemplate: url, adminUrl }: SqldServer) {
  const database = openLocalDatabase({ path: join(await temporaryFolder(), 'control.db') });
  const platform = new LibsqlServerPlatform({
    servers: [{ id: 'only', url, adminUrl }],
    store: createServerDatabaseStore(database),
    sealer: testSealer(),
    backupIntervalSeconds: 1,
    maxRetries: 1,
  });
  return { platform, destroy: () => database.close() };
}

describeTursoPlatformService(
  { describe, it: onlyRequirements(it, (name) => name.includes('/point-in-time/'), reason) },
  {
    name: 'on a libSQL server that backs up to S3',
    supports: {
      tokens: true,
      access: true,
      seed: true,
      sizeLimit: true,
      groups: false,
      retention: false,
      pointInTimeGapMs: 6_000,
    },
    create: async () => ({
      ...(await platformOn(server as SqldServer)),
      open: async ({ url }, token) =>
        platformDatabase(createTursoDriver({ url }, token === undefined ? {} : { authToken: token })),
    }),
  },
);

describe('LibsqlServerPlatform with backupIntervalSeconds', () => {
  const unprepared = sharedSqld();

  it('names the setting if the server does not back up', async () => {
    const { platform, destroy } = await platformOn(unprepared());
    onTestFinished(destroy);
    await platform.createDatabase({ name: 'one' });
    const seed = { type: 'database', name: 'one', timestamp: new Date().toISOString() } as const;
    await expect(platform.createDatabase({ name: 'two', seed })).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['backupIntervalSeconds'] },
    });
    expect(await platform.getDatabase('two')).toBeNull();
    await expect(
      platform.createDatabase({ name: 'two', seed: { ...seed, timestamp: 'yesterday' } }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each([0, -1, Number.NaN, 100_000, '15'])('rejects the interval %s', (backupIntervalSeconds) => {
    const options = { servers: [], store: {} as never, sealer: testSealer() };
    expect(
      () => new LibsqlServerPlatform({ ...options, backupIntervalSeconds: backupIntervalSeconds as number }),
    ).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  });
});
