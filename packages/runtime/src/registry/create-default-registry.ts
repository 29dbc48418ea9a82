import type { DataPlaneDefaults, ITenantRegistry } from '@objectstack/spec/contracts';
import { createTenantRegistry } from './create-tenant-registry.js';

/**
 * Creates the registry in the control database of an embedded data plane. `initialize` rejects with `database_not_found`
 * if that database was lost.
 */
export function createDefaultRegistry({
  controlDatabase,
  assertControlDatabase,
}: Pick<DataPlaneDefaults, 'controlDatabase' | 'assertControlDatabase'>): ITenantRegistry {
  const registry = createTenantRegistry(controlDatabase);
  return {
    ...registry,
    async initialize() {
      await assertControlDatabase?.();
      await registry.initialize();
    },
  };
}
