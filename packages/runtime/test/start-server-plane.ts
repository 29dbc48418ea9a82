import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import { startSqld } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { createSecretSealer } from '../src/index.js';

/** A data plane on a libSQL server of its own, with its records in the directory. Both end with the test. */
export async function startServerPlane(dir: string) {
  const server = await startSqld();
  const database = openLocalDatabase({ path: join(dir, 'servers.db') });
  onTestFinished(async () => {
    await database.close();
    await server.stop();
  });
  return libsqlServer({
    url: server.urlTemplate,
    adminUrl: server.adminUrl,
    store: createServerDatabaseStore(database),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
  });
}
