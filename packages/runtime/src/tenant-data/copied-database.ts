import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { answeringDatabase } from '../shared/answering-database.js';
import type { TenantDataContext } from './tenant-data-context.js';

type Connection = Pick<TenantConnectionConfig, 'url' | 'databaseName'>;

/** Creates a database as a copy of one committed state of another. */
export async function copiedDatabase(
  { dataPlane, lifecycle }: Pick<TenantDataContext, 'dataPlane' | 'lifecycle'>,
  { name, source }: { name: string; source: string },
  options: CallOptions,
): Promise<Connection> {
  const { group } = lifecycle.onTenantCreate;
  const seed = { type: 'database', name: source } as const;
  await dataPlane.platform.createDatabase({ name, seed, ...(group !== undefined && { group }) }, options);
  return answeringDatabase(dataPlane, name, options.signal);
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
