import type { CallOptions } from '@objectstack/spec/contracts';
import type { TenantRegion } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { awaitAnswer } from '../shared/await-answer.js';
import { connectionOf } from '../shared/existing-database.js';
import type { TenantDataContext } from './tenant-data-context.js';

interface EmptyDatabase {
  readonly name: string;
  readonly tenantId: string;
  readonly region: TenantRegion | null;
  /** Name of the data plane, of several that are joined. */
  readonly dataPlane?: string | undefined;
}

/** Creates an empty database with the marker of the tenant. */
export async function emptyDatabase(
  { dataPlane, lifecycle }: Pick<TenantDataContext, 'dataPlane' | 'lifecycle'>,
  { name, tenantId, region, dataPlane: plane }: EmptyDatabase,
  options: CallOptions,
): Promise<Pick<TenantConnectionConfig, 'url' | 'databaseName'>> {
  const { group } = lifecycle.onTenantCreate;
  const place = {
    ...(group !== undefined && { group }),
    ...(region !== null && { region }),
    ...(plane !== undefined && { dataPlane: plane }),
  };
  await dataPlane.platform.createDatabase({ name, tenantId, ...place }, options);
  const connection = await connectionOf(dataPlane, name);
  await awaitAnswer(() => dataPlane.readTenantMarker(connection), options.signal);
  await dataPlane.claimDatabase(connection, tenantId);
  return connection;
}
