import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppLifecycleServiceSuiteOptions } from '@objectstack/conformance';
import { tursoLocal } from '@objectstack/driver-turso';
import type { IAppLifecycleService, IAppRegistry, IAppService } from '@objectstack/spec/contracts';
import { createRuntime } from '../src/create-runtime.js';
import type { Runtime } from '../src/runtime.js';
import { createSecretSealer } from '../src/secret/create-secret-sealer.js';

export type Apps = IAppLifecycleService & IAppService;

/** Replaces methods of the service that installs apps. */
export type ChangeApps = (runtime: Runtime, registry: IAppRegistry) => Partial<Apps>;

const SEALER = createSecretSealer({ keys: [{ id: 'k1', key: new Uint8Array(32).fill(7) }] });

/** A runtime on local files, for all checks of a file: each creates its own tenants. */
export async function openAppRuntime() {
  const dir = await mkdtemp(join(tmpdir(), 'objectstack-'));
  const dataPlane = tursoLocal({ dir });
  const current: { registry?: IAppRegistry } = {};
  const appRegistry: IAppRegistry = {
    listVersions: async (appId) => current.registry?.listVersions(appId) ?? [],
    getManifest: async (appId, version) => {
      if (!current.registry) throw new Error('There is no registry.');
      return current.registry.getManifest(appId, version);
    },
  };
  const runtime = await createRuntime({ dataPlane, sealer: SEALER, appRegistry });
  const suite = (change: ChangeApps = () => ({})): AppLifecycleServiceSuiteOptions => ({
    name: 'on local files',
    create: async (registry) => {
      current.registry = registry;
      const { apps, provisioning, router, deployments } = runtime;
      return {
        apps: { ...apps, ...change(runtime, registry) },
        provisioning,
        router,
        deployments,
        introspect: (driver) => dataPlane.schemaDiff.introspect(driver),
      };
    },
  });
  const close = async () => {
    await runtime.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { suite, close };
}
