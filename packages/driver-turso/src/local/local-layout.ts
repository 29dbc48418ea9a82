import { join, resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';

const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;
const TENANTS = 'tenants';

export const DATABASE_EXTENSION = '.db';

/** Paths inside a data folder. Only names are stored, so the folder can be copied and moved. */
export interface LocalLayout {
  readonly controlFile: string;
  readonly bundles: string;
  readonly databases: string;
  readonly quarantine: string;
  /** Path of a database. Throws `invalid_request` for an invalid name. */
  pathOf(databaseName: string): string;
}

export function assertDatabaseName(name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME_PATTERN.test(name)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message:
      'A database name must have 1 to 63 lowercase letters, digits and hyphens, and start with a letter or a digit.',
  });
}

/**
 * URL of a database, relative to the data folder: it does not depend on the folder's location and reveals no server
 * path.
 */
export function localUrlOf(databaseName: string): string {
  return `file:${TENANTS}/${databaseName}${DATABASE_EXTENSION}`;
}

/**
 * Name of the database of a connection. Only the name determines the location: a folder that an earlier version stored
 * in the URL is ignored. Throws `configuration_invalid` for a URL that names another database.
 */
export function databaseNameOf({ url, databaseName }: TenantConnectionConfig): string {
  assertDatabaseName(databaseName);
  if (url.startsWith('file:') && url.split('/').at(-1) === databaseName + DATABASE_EXTENSION)
    return databaseName;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The URL of the connection does not name the database ${databaseName}. Use ${localUrlOf(databaseName)}.`,
    details: { databaseName },
  });
}

export function createLocalLayout(dir: string): LocalLayout {
  const root = resolve(dir);
  const databases = join(root, TENANTS);
  return {
    controlFile: join(root, 'control.db'),
    bundles: join(root, 'bundles'),
    quarantine: join(root, 'quarantine'),
    databases,
    pathOf(databaseName) {
      assertDatabaseName(databaseName);
      return join(databases, databaseName + DATABASE_EXTENSION);
    },
  };
}
