import { randomBytes, randomUUID } from 'node:crypto';
import { createClient, type InStatement } from '@libsql/client/http';
import { createServerDatabaseStore, libsqlServer, openLocalDatabase } from '@objectstack/driver-turso';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '@objectstack/runtime';
import type { DataPlane, SqlStatement } from '@objectstack/spec/contracts';
import { defineBundle } from '@objectstack/spec/system';
import { startSqld } from '../../testing/src/sqld.js';
import { CONCURRENCY, concurrently, FLEET_TENANTS, timed } from './fleet.js';
import { type Figure, median } from './measure.js';
import { type Batches, recordingPlane, writesHistory } from './recorded-batches.js';

/*
 * Each release adds a field with an index. Rollouts alternate with releases that a loop without this project brings to the same
 * namespaces; copies of them would be more than a server keeps open. The statements of the loop are those of a second fleet,
 * which is small and always a release ahead: only two ids of deployments in them differ from tenant to tenant.
 */

const TARGET = 1.5;
const ROUNDS = 3;
/** The first tenants of a plan are read before and after. The last one runs the transaction that most tenants of a fleet run. */
const LEADING_TENANTS = 4;

function release(version: number) {
  const added = Array.from({ length: version - 1 }, (_, index) => [`rating_${index}`, RATING] as const);
  const fields = { name: { type: 'text' }, email: { type: 'email' }, ...Object.fromEntries(added) } as const;
  return defineBundle({ manifest: { version: `${version}.0.0` }, objects: [{ name: 'account', fields }] });
}

const RATING = { type: 'number', index: true } as const;

/** A fleet on the first release. */
async function createServerFleet(plane: DataPlane, folder: string, tenants: number) {
  const batches: Batches = new Map();
  const os = await createRuntime({
    dataPlane: recordingPlane(plane, batches),
    registry: createTenantRegistry(openLocalDatabase({ path: `${folder}-control.db` })),
    bundles: createFileBundleStore(`${folder}-bundles`),
  });
  for (let version = 1; version <= 1 + 2 * ROUNDS; version++)
    await os.fleet.createRelease(release(version), { name: String(version) });
  await os.fleet.setChannel('stable', '1');
  const numbers = Array.from({ length: tenants }, (_, index) => index);
  await concurrently(numbers, (index) => os.provisioning.provisionTenant({ orgId: `org-${index}` }));
  return {
    /** The transactions of the last rollout. */
    batches,
    close: () => os.close(),
    /** Returns the time of a rollout without its plan. */
    async rollOut(version: number): Promise<number> {
      const { rolloutId } = await os.fleet.planRollout(String(version));
      batches.clear();
      return timed(async () => {
        await os.fleet.startRollout(rolloutId, { concurrency: CONCURRENCY });
        const { progress } = await os.fleet.waitForRollout(rolloutId);
        if (progress.states.deployed !== tenants) throw new Error('The rollout did not reach every tenant.');
      });
    },
  };
}

type Fleet = Awaited<ReturnType<typeof createServerFleet>>;

const firstArgument = (statements: readonly SqlStatement[], isMeant: (statement: SqlStatement) => boolean) =>
  statements.find(isMeant)?.args?.[0];
const deploymentOf = (statements: readonly SqlStatement[]) => firstArgument(statements, writesHistory);
const baseOf = (statements: readonly SqlStatement[]) =>
  firstArgument(statements, ({ sql }) => sql.includes('OS_DEPLOYMENT_CHANGED'));

const isReset = (error: unknown) =>
  (error as { cause?: { cause?: { code?: unknown } } }).cause?.cause?.code === 'ECONNRESET' ||
  (error as { cause?: { code?: unknown } }).cause?.code === 'ECONNRESET';

/** Runs a transaction. If the connection is lost, it is sent again, and its guard stops one that took effect before. */
async function run(connection: { url: string; authToken: string }, statements: InStatement[]) {
  for (let isRepeated = false; ; isRepeated = true) {
    const client = createClient(connection);
    try {
      await client.batch(statements, 'write');
      return;
    } catch (error) {
      if (isRepeated && String(error).includes('OS_SCHEMA_CHANGED')) return;
      if (!isReset(error)) throw error;
    } finally {
      client.close();
    }
  }
}

/** The next release by a loop, on namespaces to which the fleet has rolled out. Returns its time. */
async function loop({ platform }: DataPlane, fleet: Fleet, statements: readonly SqlStatement[]) {
  const [base, deployment] = [baseOf(statements), deploymentOf(statements)];
  const targets = await Promise.all(
    [...fleet.batches].map(async ([name, done]) => {
      const url = (await platform.getDatabase(name))?.url ?? '';
      const { jwt: authToken } = await platform.createToken(name, 'full-access');
      const ids = new Map([
        [base, deploymentOf(done)],
        [deployment, randomUUID()],
      ]);
      const own = statements.map(({ sql, args = [] }) => ({
        sql,
        args: args.map((value) => ids.get(value) ?? value),
      }));
      return { url, authToken, own };
    }),
  );
  return timed(() =>
    concurrently(targets, ({ own, ...connection }) => run(connection, own as InStatement[])),
  );
}

async function measure(folder: string, plane: DataPlane): Promise<Figure> {
  const leading = await createServerFleet(plane, `${folder}/leading`, LEADING_TENANTS);
  const fleet = await createServerFleet(plane, `${folder}/following`, FLEET_TENANTS);
  const times: { ours: number; reference: number }[] = [];
  for (let version = 2; version <= 2 * ROUNDS; version += 2) {
    await leading.rollOut(version);
    const ours = await fleet.rollOut(version);
    await leading.rollOut(version + 1);
    const statements = [...leading.batches.values()].at(-1) ?? [];
    times.push({ ours, reference: await loop(plane, fleet, statements) });
  }
  await fleet.close();
  await leading.close();
  return {
    what: `roll out an indexed field to ${FLEET_TENANTS} namespaces of a libSQL server, compared with a concurrent loop of the same transactions`,
    ours: median(times.map(({ ours }) => ours)),
    reference: median(times.map(({ reference }) => reference)),
    target: TARGET,
  };
}

/** The same release as to local tenants, to namespaces of a server. */
export async function measureServerRollouts(folder: string): Promise<Figure[]> {
  const server = await startSqld();
  const store = openLocalDatabase({ path: `${folder}/servers.db` });
  try {
    const plane = libsqlServer({
      url: server.urlTemplate,
      adminUrl: server.adminUrl,
      store: createServerDatabaseStore(store),
      sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
    });
    return [await measure(folder, plane)];
  } finally {
    await store.close();
    await server.stop();
  }
}
