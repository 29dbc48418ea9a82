import { join } from 'node:path';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testSealer } from '../../driver-turso/test/test-sealer.js';
import { startLibsqlServer } from '../src/index.js';

describe('startLibsqlServer', () => {
  it('gives the settings of the data plane libsqlServer, and keeps the databases after a restart', async () => {
    const dir = await temporaryFolder();
    const database = openLocalDatabase({ path: join(dir, 'servers.db') });
    const store = createServerDatabaseStore(database);
    onTestFinished(() => database.close());
    const sealer = testSealer();
    const names: string[][] = [];
    for (const name of ['one', 'two']) {
      const { url, adminUrl, stop } = await startLibsqlServer({ dir: join(dir, 'data') });
      try {
        expect((await fetch(url.replace(/\/ns\/.*/, '/elsewhere'))).status).toBe(404);
        const { platform, close } = libsqlServer({ url, adminUrl, store, sealer });
        const created = await platform.createDatabase({ name });
        expect(created.url).toBe(url.replace('{database}', name));
        names.push((await platform.listDatabases()).map((found) => found.name));
        await close();
      } finally {
        await stop();
      }
    }
    expect(names).toEqual([['one'], ['one', 'two']]);
  });
});
