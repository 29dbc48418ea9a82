import type { DataPlane, TenantMarker } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';

/** Finds a database that was created. Rejects with `database_not_found`. */
export async function existingDatabase(dataPlane: DataPlane, name: string): Promise<TursoDatabaseInfo> {
  const info = await dataPlane.platform.getDatabase(name);
  if (info) return info;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      'The database of the tenant does not exist although it was created. Restore it, or destroy the tenant and provision it again.',
    details: { databaseName: name },
  });
}

export type DatabaseConnection = Pick<TenantConnectionConfig, 'url' | 'databaseName'>;

export async function connectionOf(dataPlane: DataPlane, databaseName: string): Promise<DatabaseConnection> {
  const { url } = await existingDatabase(dataPlane, databaseName);
  return { url, databaseName };
}

/** What is known about a database after the first call that succeeds: a remote platform needs a request for each. */
export interface KnownDatabase {
  connection(): Promise<DatabaseConnection>;
  /** Marker that the database had when it first answered; null if it had none. */
  firstMarker(): Promise<TenantMarker | null>;
}

export function knownDatabase(dataPlane: DataPlane, databaseName: string): KnownDatabase {
  let connection: DatabaseConnection | undefined;
  let marker: TenantMarker | null | undefined;
  const known: KnownDatabase = {
    async connection() {
      connection ??= await connectionOf(dataPlane, databaseName);
      return connection;
    },
    async firstMarker() {
      if (marker === undefined) marker = await dataPlane.readTenantMarker(await known.connection());
      return marker;
    },
  };
  return known;
}
