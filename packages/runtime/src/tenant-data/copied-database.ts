import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { TenantRegion } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { awaitAnswer } from '../shared/await-answer.js';
import { existingDatabase } from '../shared/existing-database.js';
import { regionOf } from '../shared/region-of.js';
import type { TenantDataContext } from './tenant-data-context.js';

export interface CopiedDatabase {
  readonly connection: Pick<TenantConnectionConfig, 'url' | 'databaseName'>;
  /** Region of the copy, which is where its source is. Absent if the platform does not report a known one. */
  readonly region?: TenantRegion;
}

/** A committed state of a database. */
export interface CopiedState {
  /** Name of the database. */
  readonly source: string;
  /** Timestamp of the state. Absent: the latest one. */
  readonly timestamp?: string;
}

/** Creates a database as a copy of one committed state of another. */
export async function copiedDatabase(
  { dataPlane, lifecycle }: Pick<TenantDataContext, 'dataPlane' | 'lifecycle'>,
  { name, source, timestamp }: CopiedState & { readonly name: string },
  options: CallOptions,
): Promise<CopiedDatabase> {
  const { group } = lifecycle.onTenantCreate;
  const seed = { type: 'database', name: source, ...(timestamp !== undefined && { timestamp }) } as const;
  await dataPlane.platform.createDatabase({ name, seed, ...(group !== undefined && { group }) }, options);
  const info = await existingDatabase(dataPlane, name);
  const connection = { url: info.url, databaseName: name };
  await awaitAnswer(() => dataPlane.readTenantMarker(connection), options.signal);
  const region = regionOf(info);
  return { connection, ...(region && { region }) };
}

/** Works with a driver of the database, which must have the marker of the tenant. */
export async function withDriver<T>(
  { dataPlane }: Pick<TenantDataContext, 'dataPlane'>,
  connection: TenantConnectionConfig & { readonly tenantId: string },
  work: (driver: IDataDriver) => Promise<T>,
): Promise<T> {
  const driver = dataPlane.createDriver(connection, { ignoresBlocks: true });
  try {
    await driver.connect();
    return await work(driver);
  } finally {
    await driver.disconnect();
  }
}
