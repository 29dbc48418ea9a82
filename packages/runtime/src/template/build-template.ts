import type {
  IDataDriver,
  ITenantRegistry,
  ITenantRouter,
  TemplateRecord,
  TenantRecord,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { deploy } from '../deploy/deploy.js';
import { connectionOf } from '../shared/existing-database.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import type { TemplateContext } from './template-context.js';

/** A template is deployed to like a tenant without quotas. Its deployment is recorded under the name of its database. */
function registryOf({ registry }: TemplateContext, databaseName: string): ITenantRegistry {
  const record: TenantRecord = {
    tenant: {
      id: databaseName,
      organizationId: databaseName,
      isolationLevel: 'isolated_db',
      databaseProvider: 'turso',
      provisioningStatus: 'provisioning',
      plan: 'enterprise',
      region: 'us-east',
      quotas: {},
      createdAt: new Date(0).toISOString(),
    },
    requestKey: null,
    requestFingerprint: '',
    databaseName,
    requestedRegion: null,
    templateDatabase: null,
    deadlineAt: null,
    destroyedAt: null,
  };
  return Object.create(registry, { getTenant: { value: async () => record } });
}

const routerTo = (driver: IDataDriver): ITenantRouter => ({
  getTenantClient: async () => driver,
  resolveTenant: async () => {
    throw tenantNotFound();
  },
  invalidateCache: () => undefined,
});

async function createDatabase(
  { dataPlane, group }: TemplateContext,
  { databaseName: name, region }: TemplateRecord,
  placement: string | null,
) {
  const place = {
    ...(group !== undefined && { group }),
    ...(region !== null && { region }),
    ...(placement !== null && { placement }),
  };
  try {
    await dataPlane.platform.createDatabase({ name, ...place });
  } catch (error) {
    if (!ObjectStackError.isInstance(error, 'database_exists')) throw error;
  }
}

async function deployTo(
  context: TemplateContext,
  { databaseName, driver, bundle }: { databaseName: string; driver: IDataDriver; bundle: DeployBundle },
): Promise<void> {
  const registry = registryOf(context, databaseName);
  const deployContext = { ...context, registry, router: routerTo(driver) };
  await deploy(deployContext, { tenantId: databaseName, bundle, options: {} });
}

/**
 * Creates the database of a template and deploys its bundle. Every step is idempotent, also if several processes build
 * the template concurrently: a process that was killed leaves a database that the next one completes.
 */
export async function buildTemplate(
  context: TemplateContext,
  record: TemplateRecord,
  { bundle, placement }: { bundle: DeployBundle; placement: string | null },
): Promise<void> {
  const { dataPlane } = context;
  const { databaseName } = record;
  await createDatabase(context, record, placement);
  const connection = await connectionOf(dataPlane, databaseName);
  await dataPlane.claimDatabase(connection, databaseName);
  const driver = dataPlane.createDriver({ ...connection, tenantId: databaseName });
  await driver.connect();
  try {
    await deployTo(context, { databaseName, driver, bundle });
  } finally {
    await driver.disconnect();
  }
}
