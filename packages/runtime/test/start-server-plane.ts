import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  createServerDatabaseStore,
  type LibsqlServerList,
  libsqlServer,
  openLocalDatabase,
} from '@objectstack/driver-turso';
import { startSqld } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { createSecretSealer } from '../src/index.js';

/** A data plane on servers that the test started, with its records in the directory. */
export function planeOnServers(dir: string, servers: LibsqlServerList) {
  const database = openLocalDatabase({ path: join(dir, 'servers.db') });
  onTestFinished(() => database.close());
  return libsqlServer({
    servers,
    store: createServerDatabaseStore(database),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
  });
}

/** A data plane on a libSQL server of its own, with its records in the directory. Both end with the test. */
export async function startServerPlane(dir: string) {
  const { urlTemplate: url, adminUrl, stop } = await startSqld();
  onTestFinished(() => stop());
  return planeOnServers(dir, [{ id: 'default', url, adminUrl }]);
}
