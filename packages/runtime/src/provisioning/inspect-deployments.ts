import { compareDeployments } from '../shared/compare-deployments.js';
import type { ProvisioningContext } from './provisioning-context.js';

interface TenantDatabase {
  readonly tenantId: string;
  readonly databaseName: string;
  readonly url: string;
}

/** Ids of the deployments that only the registry knows, and of those that only the tenant's history knows. */
export async function inspectDeployments(
  { registry, dataPlane }: ProvisioningContext,
  { tenantId, databaseName, url }: TenantDatabase,
): Promise<{ missing: string[]; unknown: string[] }> {
  const records = await registry.listDeployments(tenantId);
  const driver = dataPlane.createDriver({ tenantId, databaseName, url });
  await driver.connect();
  try {
    const found = compareDeployments(records, await dataPlane.schemaDiff.readHistory(driver));
    const unknown: string[] = [];
    for (const { id } of found.unknown) if (!(await registry.getDeployment(tenantId, id))) unknown.push(id);
    return { missing: found.missing.map(({ id }) => id), unknown };
  } finally {
    await driver.disconnect();
  }
}
