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
} from '@objectstack/runtime';
import type { DataPlane, IBundleStore, ISecretSealer } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CommandLinePlane } from '@objectstack/spec/system';
import type { Session } from '../frame/command-context.js';
import type { LoadedConfig } from './load-config.js';
import { configuredRegistry, fileRegistry } from './open-registry.js';
import { secretReader } from './read-secret.js';

const SEALING_KEY_BYTES = 32;

type ReadSecret = ReturnType<typeof secretReader>;
type ServerPlane = Extract<CommandLinePlane, { kind: 'server' }>;
type RemotePlane = Exclude<CommandLinePlane, { kind: 'local' }>;

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
  const bytes = (setting: string, reference: typeof sealingKey) => {
    const key = Buffer.from(read(setting, reference), 'base64');
    if (key.length === SEALING_KEY_BYTES) return key;
    const source =
      'env' in reference ? `The environment variable ${reference.env}, which ${setting} refers to,` : setting;
    throw new ObjectStackError({
      code: 'configuration_invalid',
      message: `${source} must contain ${SEALING_KEY_BYTES} bytes in Base64. Create a key with: openssl rand -base64 ${SEALING_KEY_BYTES}`,
      details: { settings: [setting] },
    });
  };
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
  const { url, adminUrl, adminToken, backupIntervalSeconds } = plane;
  return libsqlServer({
    url,
    adminUrl,
    ...(adminToken && { adminToken: read('dataPlane.adminToken', adminToken) }),
    store: createServerDatabaseStore(openLocalDatabase({ path: join(dir, 'servers.db') })),
    sealer: serverSealer(plane, read),
    ...(backupIntervalSeconds !== undefined && { backupIntervalSeconds }),
  });
}

/** Runtime and data plane of a configuration. Rejects with `configuration_incomplete` and `configuration_invalid`. */
export async function openSession(config: LoadedConfig): Promise<Session> {
  const { appRegistry, dataPlane: plane, dataDirectory, environment } = config.settings;
  const read = secretReader(config);
  const registry = await configuredRegistry(config);
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
    registry: registry ?? fileRegistry(config),
    bundles: bundles ?? createFileBundleStore(join(dataDirectory, 'bundles')),
  });
  return { dataPlane, runtime };
}
