import { join, resolve } from 'node:path';
import type { EmbeddedDataPlane } from '@objectstack/spec/contracts';
import { filePathOf } from '../connection/file-path.js';
import { closeLocalFile, localFile } from '../connection/local-pool.js';
import { createTursoDriver } from '../driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { claimDatabase } from './claim-database.js';
import { createLocalPlatform } from './local-platform.js';
import { openLocalDatabase } from './open-local-database.js';

export interface TursoLocalOptions {
  /** Folder for everything; made if it is missing. */
  readonly dir: string;
  /** `full`: an acknowledged write survives a power cut. `normal`: faster, may lose the last ones. Absent: full. */
  readonly durability?: 'full' | 'normal';
}

/**
 * A data plane of libSQL files, with no account and no network: `tenants/` holds a file per tenant, `quarantine/`
 * those of destroyed ones, `control.db` the registry and `bundles/` the bundles. Several processes may share a folder.
 */
export function tursoLocal({ dir, durability = 'full' }: TursoLocalOptions): EmbeddedDataPlane {
  const root = resolve(dir);
  const controlDatabase = openLocalDatabase({ path: join(root, 'control.db') });
  const used = new Set<string>();
  const pathOf = (url: string) => {
    const path = filePathOf(url);
    used.add(path);
    return path;
  };
  return {
    databaseProvider: 'turso',
    dialect: 'sqlite',
    platform: createLocalPlatform({ databases: join(root, 'tenants'), quarantine: join(root, 'quarantine') }),
    schemaDiff: createSqliteSchemaDiff(),
    createDriver({ url }) {
      pathOf(url);
      return createTursoDriver({ url, durability }, { requireClaimed: true });
    },
    async claimDatabase({ url }, tenantId) {
      await claimDatabase(localFile(pathOf(url), { durability }), tenantId);
    },
    async close() {
      await Promise.all([...used].map(closeLocalFile));
      used.clear();
      await controlDatabase.close();
    },
    defaults: { controlDatabase, bundleDirectory: join(root, 'bundles') },
  };
}
