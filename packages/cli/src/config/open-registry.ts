import { join } from 'node:path';
import { openLocalDatabase, openLocalDefaults } from '@objectstack/driver-turso';
import { createDefaultRegistry, createTenantRegistry } from '@objectstack/runtime/registry';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { LoadedConfig } from './load-config.js';
import { secretReader } from './read-secret.js';

/** A registry, and how it is closed. */
export interface OpenRegistry {
  readonly registry: ITenantRegistry;
  close(): Promise<void>;
}

/** The registry of a configuration that names one; undefined if it is in a file. */
export async function configuredRegistry(config: LoadedConfig): Promise<ITenantRegistry | undefined> {
  const { registry } = config.settings;
  if (!registry) return undefined;
  const connectionString = secretReader(config)('registry.connectionString', registry.connectionString);
  const { postgresRegistry } = await import('@objectstack/runtime/postgres');
  return postgresRegistry({ connectionString });
}

/** The registry of a data plane on servers, in a file. */
export const fileRegistry = ({ settings }: LoadedConfig): ITenantRegistry =>
  createTenantRegistry(openLocalDatabase({ path: join(settings.dataDirectory, 'control.db') }));

async function unopened(config: LoadedConfig): Promise<OpenRegistry> {
  const { dataPlane } = config.settings;
  const configured = await configuredRegistry(config);
  if (configured || dataPlane.kind !== 'local') {
    const registry = configured ?? fileRegistry(config);
    return { registry, close: () => registry.close() };
  }
  const { close: closeDefaults, ...defaults } = openLocalDefaults({ dir: dataPlane.dir });
  const registry = createDefaultRegistry(defaults);
  return {
    registry,
    async close() {
      await registry.close();
      await closeDefaults();
    },
  };
}

/**
 * Only the registry of a configuration, because a command that needs nothing else starts faster without the rest. Rejects
 * like `openSession`.
 */
export async function openRegistry(config: LoadedConfig): Promise<OpenRegistry> {
  const opened = await unopened(config);
  try {
    await opened.registry.initialize();
    return opened;
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}
