import { join, resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { assertDatabaseName } from '../platform/assert-database-name.js';

const TENANTS = 'tenants';

export const DATABASE_EXTENSION = '.db';

/** What SQLite adds to the path of a database for its files, the main one first: without it no client opens the others. */
export const DATABASE_SUFFIXES = ['', '-wal', '-shm'] as const;

/** Paths inside a data directory. Only names are stored, so the directory can be copied and moved. */
export interface LocalLayout {
  readonly controlFile: string;
  readonly bundles: string;
  readonly databases: string;
  readonly quarantine: string;
  /** Snapshots of databases that others are copies of; they are created again if they are missing. */
  readonly snapshots: string;
  /** Path of a database. Throws `invalid_request` for an invalid name. */
  pathOf(databaseName: string): string;
}

/**
 * URL of a database, relative to the data directory: it does not depend on the directory's location and reveals no server
 * path.
 */
export function localUrlOf(databaseName: string): string {
  return `file:${TENANTS}/${databaseName}${DATABASE_EXTENSION}`;
}

/**
 * Name of the database of a connection. Only the name determines the location: a directory that an earlier version stored
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
    snapshots: join(root, 'snapshots'),
    databases,
    pathOf(databaseName) {
      assertDatabaseName(databaseName);
      return join(databases, databaseName + DATABASE_EXTENSION);
    },
  };
}
