import { join } from 'node:path';
import { openLocalDatabase, tursoCloud, tursoLocal } from '@objectstack/driver-turso';
import type { DataPlane, ITenantRegistry } from '@objectstack/spec/contracts';
import { type SharedPostgres, temporaryFolder } from '@objectstack/testing';
import type { TursoEmulator } from '@objectstack/turso-emulator';
import { postgresRegistry } from '../../src/postgres/postgres-registry.js';
import { createTenantRegistry } from '../../src/registry/create-tenant-registry.js';

export interface PlaceParts {
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
}

/** Where the processes of one run keep everything. */
export interface FaultPlace {
  readonly bundleDirectory: string;
  readonly open: () => Promise<PlaceParts>;
  /** Whether a database is of this run: an emulator is shared. */
  readonly owns: (databaseName: string) => boolean;
}

export async function placeOnFiles(): Promise<FaultPlace> {
  const dir = await temporaryFolder();
  return {
    bundleDirectory: join(dir, 'bundles'),
    owns: () => true,
    open: async () => ({
      dataPlane: tursoLocal({ dir }),
      registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    }),
  };
}

const VARIABLE = 'OBJECTSTACK_TEST_FAULT_LOOP_TOKEN';

/** The emulator of Turso Cloud and a registry on PostgreSQL. Each run has a group of its own. */
export async function placeOnServers(emulator: TursoEmulator, postgres: SharedPostgres): Promise<FaultPlace> {
  process.env[VARIABLE] = emulator.platformToken;
  const dir = await temporaryFolder();
  const connectionString = await postgres.createSchema();
  const { organizationSlug, url: apiUrl } = emulator;
  const group = { name: 'default', region: 'us-east' } as const;
  const earlier = tursoCloud({ organizationSlug, group, platformToken: { env: VARIABLE } }, { apiUrl });
  const others = new Set((await earlier.platform.listDatabases()).map(({ name }) => name));
  await earlier.close();
  return {
    bundleDirectory: join(dir, 'bundles'),
    owns: (name) => !others.has(name),
    open: async () => ({
      dataPlane: tursoCloud({ organizationSlug, group, platformToken: { env: VARIABLE } }, { apiUrl }),
      registry: postgresRegistry({ connectionString, maxConnections: 4 }),
    }),
  };
}
