import { join } from 'node:path';
import {
  createServerDatabaseStore,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
  tursoLocal,
} from '@objectstack/driver-turso';
import {
  createFileAppRegistry,
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '@objectstack/runtime';
import type { DataPlane, IBundleStore, ISecretSealer, ITenantRegistry } from '@objectstack/spec/contracts';
import type { CommandLinePlane } from '@objectstack/spec/system';
import type { Session } from '../frame/command-context.js';
import type { LoadedConfig } from './load-config.js';
import { secretReader } from './read-secret.js';

type ReadSecret = ReturnType<typeof secretReader>;
type ServerPlane = Extract<CommandLinePlane, { kind: 'server' }>;
type RemotePlane = Exclude<CommandLinePlane, { kind: 'local' }>;

async function registryOf(
  { settings }: LoadedConfig,
  read: ReadSecret,
): Promise<ITenantRegistry | undefined> {
  if (!settings.registry) return undefined;
  const connectionString = read('registry.connectionString', settings.registry.connectionString);
  const { postgresRegistry } = await import('@objectstack/runtime/postgres');
  return postgresRegistry({ connectionString });
}

async function bundlesOf({ settings }: LoadedConfig, read: ReadSecret): Promise<IBundleStore | undefined> {
  if (!settings.bundles) return undefined;
  const { accessKeyId, secretAccessKey, prefix, ...store } = settings.bundles;
  const credentials = {
    accessKeyId: read('bundles.accessKeyId', accessKeyId),
    secretAccessKey: read('bundles.secretAccessKey', secretAccessKey),
  };
  const { s3BundleStore } = await import('@objectstack/runtime/s3');
  return s3BundleStore({ ...store, credentials, ...(prefix !== undefined && { prefix }) });
}

/** Encrypts with the current key of a server, and decrypts with every one. */
function serverSealer(plane: ServerPlane, read: ReadSecret): ISecretSealer {
  const { sealingKey, sealingKeyId, earlierSealingKeys } = plane;
  const bytes = (setting: string, reference: typeof sealingKey) =>
    Buffer.from(read(setting, reference), 'base64');
  const current = { id: sealingKeyId, key: bytes('dataPlane.sealingKey', sealingKey) };
  const earlier = earlierSealingKeys.map(({ id, key }) => ({
    id,
    key: bytes(`dataPlane.earlierSealingKeys.${id}`, key),
  }));
  return createSecretSealer({ keys: [current, ...earlier] });
}

function remotePlane(plane: RemotePlane, dir: string, read: ReadSecret): DataPlane {
  if (plane.kind === 'cloud') {
    const { organizationSlug, group, region, platformToken, apiUrl } = plane;
    // The token may come from `.env`, which is not part of the environment of the process.
    const token = read('dataPlane.platformToken', platformToken);
    return tursoCloud(
      { organizationSlug, group: { name: group, region }, platformToken: { secret: 'platform-token' } },
      { resolveSecret: () => token, ...(apiUrl !== undefined && { apiUrl }) },
    );
  }
  const { url, adminUrl, adminToken } = plane;
  return libsqlServer({
    url,
    adminUrl,
    ...(adminToken && { adminToken: read('dataPlane.adminToken', adminToken) }),
    store: createServerDatabaseStore(openLocalDatabase({ path: join(dir, 'servers.db') })),
    sealer: serverSealer(plane, read),
  });
}

/** Runtime and data plane of a configuration. Rejects with `configuration_incomplete` and `configuration_invalid`. */
export async function openSession(config: LoadedConfig): Promise<Session> {
  const { appRegistry, dataPlane: plane, dataDirectory, environment } = config.settings;
  const read = secretReader(config);
  const registry = await registryOf(config, read);
  const bundles = await bundlesOf(config, read);
  const common = {
    ...(environment !== undefined && { environment }),
    ...(appRegistry !== undefined && { appRegistry: createFileAppRegistry(appRegistry) }),
    ...(plane.kind === 'server' && { sealer: serverSealer(plane, read) }),
  };
  if (plane.kind === 'local') {
    const dataPlane = tursoLocal({ dir: plane.dir });
    const parts = { ...(registry && { registry }), ...(bundles && { bundles }) };
    return { dataPlane, runtime: await createRuntime({ ...common, dataPlane, ...parts }) };
  }
  const dataPlane = remotePlane(plane, dataDirectory, read);
  const runtime = await createRuntime({
    ...common,
    dataPlane,
    registry:
      registry ?? createTenantRegistry(openLocalDatabase({ path: join(dataDirectory, 'control.db') })),
    bundles: bundles ?? createFileBundleStore(join(dataDirectory, 'bundles')),
  });
  return { dataPlane, runtime };
}
