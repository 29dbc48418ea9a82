import type { DataPlane, ITenantRegistry, ITenantRouter, TenantRecord } from '@objectstack/spec/contracts';
import { SYSTEM_OBJECTS, type TenantUsage } from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import { findTenant } from '../shared/find-tenant.js';

/** Sources from which usage is counted. */
export interface QuotaContext {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly router: Pick<ITenantRouter, 'getTenantClient'>;
  readonly clock: Clock;
}

export const startOfDay = (instant: string) => `${instant.slice(0, 10)}T00:00:00.000Z`;

export async function countObjects({ router }: QuotaContext, tenantId: string): Promise<number> {
  const driver = await router.getTenantClient(tenantId);
  return driver.count(SYSTEM_OBJECTS.object.name, {}, { system: true });
}

/** Number of records of each deployed object. */
async function countRecords({ router }: QuotaContext, tenantId: string): Promise<Record<string, number>> {
  const driver = await router.getTenantClient(tenantId);
  const objects = await driver.find(SYSTEM_OBJECTS.object.name, { fields: ['id'] }, { system: true });
  const counts: [string, number][] = [];
  for (const { id } of objects) counts.push([id, await driver.count(id)]);
  return Object.fromEntries(counts);
}

/** Number of deployments that started since midnight UTC, whatever their result. */
export async function countDeployments({ registry, clock }: QuotaContext, tenantId: string): Promise<number> {
  const since = startOfDay(clock.now().toISOString());
  const deployments = await registry.listDeployments(tenantId);
  return deployments.filter(({ startedAt }) => startedAt >= since).length;
}

export async function countBytes(
  { dataPlane }: QuotaContext,
  { databaseName }: TenantRecord,
): Promise<number> {
  return (await dataPlane.platform.getDatabaseUsage(databaseName)).storageBytes;
}

/** Current usage of every quota that is counted, with the records of each deployed object. */
export async function countUsage(context: QuotaContext, tenantId: string): Promise<TenantUsage> {
  const record = await findTenant(context.registry, tenantId);
  const recordsPerObject = await countRecords(context, tenantId);
  return {
    objects: Object.keys(recordsPerObject).length,
    recordsPerObject,
    deploymentsToday: await countDeployments(context, tenantId),
    storageBytes: await countBytes(context, record),
    measuredAt: context.clock.now().toISOString(),
  };
}
