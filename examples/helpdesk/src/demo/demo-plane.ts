import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createServerDatabaseStore,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
  tursoLocal,
} from '@objectstack/driver-turso';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
  type Runtime,
} from '@objectstack/runtime';
import { startLibsqlServer, startTursoEmulator } from '@objectstack/turso-emulator';

export const PLANES = ['local', 'server', 'cloud'] as const;
export type PlaneName = (typeof PLANES)[number];

/** What a process needs to know to use a data plane; JSON without secrets. */
export type PlaneConnection =
  | { readonly plane: 'local'; readonly dir: string }
  | { readonly plane: 'server'; readonly dir: string; readonly url: string; readonly adminUrl: string }
  | {
      readonly plane: 'cloud';
      readonly dir: string;
      readonly apiUrl: string;
      readonly organizationSlug: string;
    };

/** Environment variable of the token of the Platform API. */
const PLATFORM_TOKEN = 'OBJECTSTACK_DEMO_PLATFORM_TOKEN';

export interface StartedPlane {
  readonly connection: PlaneConnection;
  /** Stops the servers that were started for the demo. */
  stop(): Promise<void>;
}

/** Starts what a data plane needs on this machine: nothing for local files, otherwise servers with their data in `dir`. */
export async function startPlane(plane: PlaneName, dir: string): Promise<StartedPlane> {
  if (plane === 'local') return { connection: { plane, dir }, stop: async () => undefined };
  if (plane === 'server') {
    const { url, adminUrl, stop } = await startLibsqlServer({ dir: join(dir, 'libsql') });
    return { connection: { plane, dir, url, adminUrl }, stop };
  }
  const emulator = await startTursoEmulator({ dir: join(dir, 'turso'), servedAfterMs: 500 });
  process.env[PLATFORM_TOKEN] = emulator.platformToken;
  const { url: apiUrl, organizationSlug, stop } = emulator;
  return { connection: { plane, dir, apiUrl, organizationSlug }, stop };
}

/** The key that seals the tokens' keys of the databases: created at the first start, readable by its owner only. */
async function sealingKey(dir: string): Promise<Buffer> {
  const path = join(dir, 'sealing.key');
  await mkdir(dir, { recursive: true });
  await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(path);
}

/** A runtime on the data plane. Nothing else in the demo depends on the plane. */
export async function openRuntime(connection: PlaneConnection): Promise<Runtime> {
  const { plane, dir } = connection;
  if (plane === 'local') return createRuntime({ dataPlane: tursoLocal({ dir }) });
  const registry = createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));
  const bundles = createFileBundleStore(join(dir, 'bundles'));
  if (plane === 'cloud') {
    const { apiUrl, organizationSlug } = connection;
    const group = { name: 'default', region: 'us-east' } as const;
    const config = { organizationSlug, group, platformToken: { env: PLATFORM_TOKEN } };
    return createRuntime({ dataPlane: tursoCloud(config, { apiUrl }), registry, bundles });
  }
  const { url, adminUrl } = connection;
  const servers = openLocalDatabase({ path: join(dir, 'servers.db') });
  const sealer = createSecretSealer({ keys: [{ id: 'demo', key: await sealingKey(dir) }] });
  const dataPlane = libsqlServer({ url, adminUrl, store: createServerDatabaseStore(servers), sealer });
  const runtime = await createRuntime({ dataPlane, registry, bundles });
  const close = async () => {
    await runtime.close();
    await servers.close();
  };
  return { ...runtime, close };
}
