import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ProvisioningServiceSuiteOptions } from '@objectstack/conformance';
import {
  createServerDatabaseStore,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
  tursoLocal,
} from '@objectstack/driver-turso';
import type { DataPlane, IProvisioningService, ITenantRegistry } from '@objectstack/spec/contracts';
import { startSqld } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import { createRuntime } from '../src/create-runtime.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import type { Runtime } from '../src/runtime.js';
import { createSecretSealer } from '../src/secret/create-secret-sealer.js';
import { controlFolder } from './control-folder.js';
import type { RegistrySchemas } from './reused-schemas.js';

/** Replaces the service of a process. */
type ChangeProvisioning = (process: ChangedProcess) => IProvisioningService;

export interface ChangedProcess extends Runtime {
  readonly dataPlane: DataPlane;
}

interface Place {
  /** Data plane and registry of another process. */
  readonly open: () => Promise<{ dataPlane: DataPlane; registry: ITenantRegistry }>;
  readonly stop: () => Promise<void>;
}

function suiteOn(
  name: string,
  { place, change }: { place: (dir: string) => Promise<Place>; change: ChangeProvisioning },
): ProvisioningServiceSuiteOptions {
  return {
    name,
    create: async () => {
      const dir = await controlFolder();
      const { open, stop } = await place(dir);
      const opened: Awaited<ReturnType<typeof open>>[] = [];
      const runtimes: Runtime[] = [];
      const another = async () => {
        const parts = await open();
        opened.push(parts);
        const runtime = await createRuntime({
          ...parts,
          bundles: createFileBundleStore(join(dir, 'bundles')),
          ttlMs: 60_000,
        });
        runtimes.push(runtime);
        return { ...runtime, provisioning: change({ ...runtime, dataPlane: parts.dataPlane }) };
      };
      return {
        ...(await another()),
        another,
        countDatabases: async () => (await opened[0]?.dataPlane.platform.listDatabases())?.length ?? 0,
        destroy: async () => {
          for (const runtime of runtimes) await runtime.close();
          await stop();
        },
      };
    },
  };
}

const unchanged: ChangeProvisioning = ({ provisioning }) => provisioning;

const fileRegistry = (dir: string) =>
  createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') }));

/** The conformance suite for provisioning on local files, or for services derived from it. */
export const localProvisioningSuite = (change = unchanged): ProvisioningServiceSuiteOptions =>
  suiteOn('on local files', {
    change,
    place: async (dir) => ({
      open: async () => ({ dataPlane: tursoLocal({ dir }), registry: fileRegistry(dir) }),
      stop: async () => undefined,
    }),
  });

/** The conformance suite for provisioning on local files with the registry on PostgreSQL. */
export const postgresProvisioningSuite = (schemas: RegistrySchemas): ProvisioningServiceSuiteOptions =>
  suiteOn('with the registry on PostgreSQL', {
    change: unchanged,
    place: async (dir) => {
      const connectionString = await schemas.createSchema();
      return {
        open: async () => ({
          dataPlane: tursoLocal({ dir }),
          registry: schemas.openRegistry(connectionString),
        }),
        stop: async () => undefined,
      };
    },
  });

/** The conformance suite for provisioning on a libSQL server. */
export const serverProvisioningSuite = (): ProvisioningServiceSuiteOptions =>
  suiteOn('on a libSQL server', {
    change: unchanged,
    place: async (dir) => {
      const server = await startSqld();
      const key = randomBytes(32);
      const open = async () => ({
        dataPlane: libsqlServer({
          url: server.urlTemplate,
          adminUrl: server.adminUrl,
          store: createServerDatabaseStore(openLocalDatabase({ path: join(dir, 'servers.db') })),
          sealer: createSecretSealer({ keys: [{ id: 'k1', key }] }),
        }),
        registry: fileRegistry(dir),
      });
      return { open, stop: () => server.stop() };
    },
  });

const VARIABLE = 'OBJECTSTACK_TEST_PROVISIONING_TOKEN';

/** The conformance suite for provisioning on the emulator of Turso Cloud. */
export const cloudProvisioningSuite = (): ProvisioningServiceSuiteOptions =>
  suiteOn('on Turso Cloud (emulated)', {
    change: unchanged,
    place: async (dir) => {
      const emulator = await startTursoEmulator({ servedAfterMs: 100 });
      process.env[VARIABLE] = emulator.platformToken;
      const { organizationSlug, url: apiUrl } = emulator;
      const group = { name: 'default', region: 'us-east' } as const;
      const config = { organizationSlug, group, platformToken: { env: VARIABLE } };
      return {
        open: async () => ({ dataPlane: tursoCloud(config, { apiUrl }), registry: fileRegistry(dir) }),
        stop: async () => {
          delete process.env[VARIABLE];
          await emulator.stop();
        },
      };
    },
  });
