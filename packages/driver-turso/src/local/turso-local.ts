import { pathToFileURL } from 'node:url';
import type { EmbeddedDataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { closePooledFile, pooledFile } from '../connection/pooled-file.js';
import { readTenantMarker } from '../connection/tenant-marker.js';
import { createTursoDriver } from '../driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { claimDatabase } from './claim-database.js';
import { createLocalPlatform } from './create-local-platform.js';
import { createLocalLayout, databaseNameOf } from './local-layout.js';
import { assertPath } from './open-local-database.js';
import { openLocalDefaults } from './open-local-defaults.js';

export interface TursoLocalOptions {
  /** Data directory. It is created if it is missing. */
  readonly dir: string;
  /**
   * `full` (default): an acknowledged write survives a power failure. `normal`: faster, but a power failure may lose
   * the latest writes.
   */
  readonly durability?: 'full' | 'normal';
  /**
   * Whether a missing registry (`control.db`) is created although the directory holds tenant databases, which are then not
   * registered until they are adopted. Default: `false`, so that a lost registry is noticed.
   */
  readonly createMissingRegistry?: boolean;
}

function invalidOption(option: string, expected: string): ObjectStackError {
  return new ObjectStackError({
    code: 'configuration_invalid',
    message: `The option ${option} of tursoLocal must be ${expected}.`,
    details: { option },
  });
}

/** Reads every property once, because a getter or a proxy of the caller may throw. */
function copyOf(options: unknown): unknown {
  try {
    return typeof options === 'object' && options !== null ? { ...options } : undefined;
  } catch {
    return undefined;
  }
}

function assertOptions(options: unknown): asserts options is TursoLocalOptions {
  if (typeof options !== 'object' || options === null)
    throw invalidOption('options', 'an object with the property dir');
  const { dir, durability = 'full', createMissingRegistry = false } = options as Record<string, unknown>;
  assertPath(dir, 'dir');
  if (durability !== 'full' && durability !== 'normal') throw invalidOption('durability', 'full or normal');
  if (typeof createMissingRegistry !== 'boolean')
    throw invalidOption('createMissingRegistry', 'true or false');
}

/**
 * A data plane of libSQL files that needs no account and no network: `tenants/` holds a file for each tenant,
 * `quarantine/` the files of destroyed tenants, `snapshots/` copies of templates that can be created again, `control.db`
 * the registry and `bundles/` the bundles. Several processes
 * may share a directory. A directory that no process uses may be copied or moved, because its files do not store its path.
 *
 * Throws `configuration_invalid` for invalid options and for a path that cannot be a directory, and `database_blocked`
 * when the directory is not writable.
 */
export function tursoLocal(given: TursoLocalOptions): EmbeddedDataPlane {
  const options = copyOf(given);
  assertOptions(options);
  const { dir, durability = 'full', createMissingRegistry = false } = options;
  const layout = createLocalLayout(dir);
  const { close: closeDefaults, ...defaults } = openLocalDefaults({ dir, createMissingRegistry });
  const used = new Set<string>();
  const pathOf = (connection: TenantConnectionConfig) => {
    const path = layout.pathOf(databaseNameOf(connection));
    used.add(path);
    return path;
  };
  const open = (connection: TenantConnectionConfig) =>
    pooledFile(pathOf(connection), { durability, refuseLinks: true });
  return {
    databaseProvider: 'turso',
    dialect: 'sqlite',
    platform: createLocalPlatform(layout),
    schemaDiff: createSqliteSchemaDiff(),
    createDriver(connection, { quotas, ignoresBlocks = false, acceptsUnclaimed = false } = {}) {
      const url = pathToFileURL(pathOf(connection)).href;
      const { tenantId: expectedTenantId } = connection;
      return createTursoDriver(
        { url, durability },
        {
          requireClaimed: !acceptsUnclaimed,
          create: false,
          refuseLinks: true,
          limited: !ignoresBlocks,
          ...(quotas && { quotas }),
          ...(expectedTenantId !== undefined && { expectedTenantId }),
        },
      );
    },
    async claimDatabase(connection, tenantId, options) {
      await claimDatabase(open(connection), tenantId, options);
    },
    async readTenantMarker(connection) {
      const file = open(connection);
      return readTenantMarker((statement) => file.execute(statement));
    },
    async close() {
      await Promise.all([...used].map(closePooledFile));
      used.clear();
      await closeDefaults();
    },
    defaults,
  };
}
