import type { DataPlaneDefaults } from '@objectstack/spec/contracts';
import { assertRegistryExists } from './assert-registry-exists.js';
import { createLocalLayout } from './local-layout.js';
import { openLocalDatabase } from './open-local-database.js';

export interface LocalDefaultsOptions {
  /** Data directory of an embedded data plane. */
  readonly dir: string;
  /** Whether a missing registry is created although the directory holds tenant databases. Default: `false`. */
  readonly createMissingRegistry?: boolean;
}

/** Control database and bundle directory of a data directory. */
export interface LocalDefaults extends DataPlaneDefaults {
  /** Closes the control database. */
  close(): Promise<void>;
}

/**
 * Opens what an embedded data plane contains besides the databases of tenants, for a program that needs only these parts.
 * Throws `configuration_invalid` and `database_blocked` like `tursoLocal`.
 */
export function openLocalDefaults({
  dir,
  createMissingRegistry = false,
}: LocalDefaultsOptions): LocalDefaults {
  const layout = createLocalLayout(dir);
  const controlDatabase = openLocalDatabase({ path: layout.controlFile });
  return {
    controlDatabase,
    bundleDirectory: layout.bundles,
    async assertControlDatabase() {
      if (!createMissingRegistry) await assertRegistryExists(layout, controlDatabase);
    },
    close: () => controlDatabase.close(),
  };
}
