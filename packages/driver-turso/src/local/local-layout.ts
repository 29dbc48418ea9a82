import { join, resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';

const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;
const TENANTS = 'tenants';

export const DATABASE_EXTENSION = '.db';

/** Where everything lies in a data folder. Only names are stored, so that the folder can be copied and moved. */
export interface LocalLayout {
  readonly controlFile: string;
  readonly bundles: string;
  readonly databases: string;
  readonly quarantine: string;
  /** Path of a database; or `invalid_request`. */
  pathOf(databaseName: string): string;
}

export function assertDatabaseName(name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME_PATTERN.test(name)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'A database name has lower-case letters, digits and dashes, at most 63.',
  });
}

/** URL of a database, relative to the data folder: the same wherever the folder is, and it shows no path of the server. */
export function localUrlOf(databaseName: string): string {
  return `file:${TENANTS}/${databaseName}${DATABASE_EXTENSION}`;
}

/**
 * Name of the database of a connection. The location follows from the name alone, so that whatever folder an earlier
 * version stored is not looked at; a URL that names another database is a mistake.
 */
export function databaseNameOf({ url, databaseName }: TenantConnectionConfig): string {
  assertDatabaseName(databaseName);
  if (url.startsWith('file:') && url.split('/').at(-1) === databaseName + DATABASE_EXTENSION)
    return databaseName;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The URL of the connection does not name the database ${databaseName}. Local: ${localUrlOf(databaseName)}.`,
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
