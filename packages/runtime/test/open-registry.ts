import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { ITenantRegistry, SqlDatabase } from '@objectstack/spec/contracts';
import { onTestFinished } from 'vitest';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { controlFolder } from './control-folder.js';

/** A registry on its own file, which is removed after the test. */
export async function openRegistry(): Promise<{
  database: SqlDatabase;
  registry: ITenantRegistry;
  path: string;
}> {
  const path = join(await controlFolder(), 'control.db');
  const database = openLocalDatabase({ path });
  const registry = createTenantRegistry(database);
  onTestFinished(() => registry.close());
  await registry.initialize();
  return { database, registry, path };
}
