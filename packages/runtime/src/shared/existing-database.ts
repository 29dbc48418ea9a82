import type { DataPlane } from '@objectstack/spec/contracts';
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

export async function connectionOf(
  dataPlane: DataPlane,
  databaseName: string,
): Promise<Pick<TenantConnectionConfig, 'url' | 'databaseName'>> {
  const { url } = await existingDatabase(dataPlane, databaseName);
  return { url, databaseName };
}
