import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type InStatement } from '@libsql/client/http';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '@objectstack/runtime';
import type { DataPlane } from '@objectstack/spec/contracts';
import { startSqld } from '../../testing/src/sqld.js';
import { concurrently, createFleet, FLEET_TENANTS, rollOut, timed } from './fleet.js';
import type { Figure } from './measure.js';
import { type Batches, recordingPlane } from './recorded-batches.js';

const TARGET = 1.5;
const PAUSE_MS = 10;

interface RawDatabase {
  readonly url: string;
  readonly authToken: string;
}

/** A copy of each database of the fleet on the same server, and a token for it. */
async function copiesOf({ platform }: DataPlane): Promise<Map<string, RawDatabase>> {
  const copies = new Map<string, RawDatabase>();
  await concurrently(await platform.listDatabases(), async ({ name }) => {
    if (!name.startsWith('t-')) return;
    const copy = `raw-${name}`.slice(0, 40);
    const { url } = await platform.createDatabase({ name: copy, seed: { type: 'database', name } });
    const { jwt } = await platform.createToken(copy, 'full-access');
    copies.set(name, { url, authToken: jwt });
  });
  return copies;
}

const isEvicted = (error: unknown) => (error as { cause?: { status?: unknown } }).cause?.status === 404;

/** A server answers with 404 while it puts a namespace out of memory: a loop must repeat the call. */
async function untilServed(work: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await work();
      return;
    } catch (error) {
      if (!isEvicted(error)) throw error;
      await pause(PAUSE_MS);
    }
}

async function measure(folder: string, dataPlane: DataPlane, batches: Batches): Promise<Figure> {
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: `${folder}/server-control.db` })),
    bundles: createFileBundleStore(`${folder}/server-bundles`),
  });
  await createFleet(os, FLEET_TENANTS);
  const { rolloutId } = await os.fleet.planRollout('2');
  const copies = await copiesOf(dataPlane);
  batches.clear();
  const ours = await timed(() => rollOut(os, rolloutId, FLEET_TENANTS));
  const reference = await timed(() =>
    concurrently([...batches], async ([name, statements]) => {
      const copy = copies.get(name);
      if (!copy) throw new Error(`The database ${name} was not copied.`);
      const client = createClient(copy);
      await untilServed(() => client.batch([...statements] as InStatement[], 'write'));
      client.close();
    }),
  );
  await os.close();
  const what = `roll out an indexed field to ${FLEET_TENANTS} namespaces of a libSQL server, compared with a concurrent loop of the same transactions`;
  return { what, ours, reference, target: TARGET };
}

/** The same release as to local tenants, to namespaces of a server. */
export async function measureServerRollouts(folder: string): Promise<Figure[]> {
  const server = await startSqld();
  const store = openLocalDatabase({ path: `${folder}/servers.db` });
  const batches: Batches = new Map();
  try {
    const plane = libsqlServer({
      url: server.urlTemplate,
      adminUrl: server.adminUrl,
      store: createServerDatabaseStore(store),
      sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
    });
    return [await measure(folder, recordingPlane(plane, batches), batches)];
  } finally {
    await store.close();
    await server.stop();
  }
}
