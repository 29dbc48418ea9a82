import { QuotaEnforcementResultSchema, TenantUsageSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, CRM_1 } from '../../test/sample-bundles.js';
import { createQuotaService } from '../index.js';

const objects = (count: number, version: string) =>
  bundleOf(
    { objects: Array.from({ length: count }, (_, index) => ({ name: `o${index}`, fields: {} })) },
    version,
  );

async function open() {
  const tenant = await openTenant();
  return { ...tenant, quotas: createQuotaService(tenant) };
}

describe('createQuotaService', () => {
  it('counts deployed objects against the plan', async () => {
    const tenant = await open();
    const { quotas, tenantId } = tenant;
    expect(await quotas.checkQuota(tenantId, 'maxObjects', 50)).toEqual({
      allowed: true,
      quota: 'maxObjects',
      usage: 0,
      requested: 50,
      limit: 50,
    });
    await deploy(tenant, CRM_1);
    const refused = await quotas.checkQuota(tenantId, 'maxObjects', 49);
    expect(refused).toMatchObject({ allowed: false, usage: 2, requested: 49, limit: 50 });
    expect(QuotaEnforcementResultSchema.parse(refused)).toEqual(refused);
    await tenant.provisioning.migrateTenantPlan(tenantId, 'enterprise');
    const unlimited = await quotas.checkQuota(tenantId, 'maxObjects', 1_000_000);
    expect(unlimited).toEqual({ allowed: true, quota: 'maxObjects', usage: 2, requested: 1_000_000 });
  });

  it('counts the deployments of a day, and returns when the next day begins', async () => {
    const tenant = await open();
    const { quotas, tenantId, clock } = tenant;
    await deploy(tenant, CRM_1);
    const day = clock.now().toISOString().slice(0, 10);
    const today = await quotas.checkQuota(tenantId, 'maxDeploymentsPerDay', 1);
    expect(today).toMatchObject({ allowed: true, usage: 1, limit: 50 });
    expect(Date.parse(today.resetAt ?? '') - Date.parse(`${day}T00:00:00Z`)).toBe(86_400_000);
    clock.advance(86_400_000);
    expect(await quotas.checkQuota(tenantId, 'maxDeploymentsPerDay', 1)).toMatchObject({ usage: 0 });
  });

  it('measures the size of the database', async () => {
    const { quotas, tenantId, dataPlane, registry } = await open();
    const record = await registry.getTenant(tenantId);
    const { storageBytes: fileBytes } = await dataPlane.platform.getDatabaseUsage(record?.databaseName ?? '');
    const { storageBytes = 0 } = await quotas.getUsage(tenantId);
    expect(storageBytes).toBeGreaterThan(10_000);
    expect(storageBytes).toBeLessThanOrEqual(fileBytes);
    expect(await quotas.checkQuota(tenantId, 'maxStorageBytes', 500_000_000)).toMatchObject({
      allowed: false,
      usage: storageBytes,
      limit: 500_000_000,
    });
  });

  it.each([
    ['maxFun', 1, '/quota'],
    ['maxObjects', -1, '/requested'],
    ['maxObjects', 0.5, '/requested'],
  ])('rejects a request for %s: %d', async (quota, requested, path) => {
    const { quotas, tenantId } = await open();
    await expect(quotas.checkQuota(tenantId, quota as never, requested)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path }] },
    });
  });

  it('counts the usage of a tenant, including records per object', async () => {
    const tenant = await open();
    const { quotas, tenantId, driver } = tenant;
    await deploy(tenant, CRM_1);
    await driver.create('account', { name: 'Initech' });
    const usage = await quotas.getUsage(tenantId);
    expect(TenantUsageSchema.parse(usage)).toEqual(usage);
    expect(usage).toMatchObject({
      objects: 2,
      recordsPerObject: { account: 3, contact: 2 },
      deploymentsToday: 1,
      measuredAt: tenant.clock.now().toISOString(),
    });
    expect(usage.storageBytes).toBeGreaterThan(0);
    expect(usage.users).toBe(0);
    expect(usage).not.toHaveProperty('apiRequestsThisMinute');
  });

  it('rejects a missing or suspended tenant', async () => {
    const { quotas, tenantId, provisioning } = await open();
    for (const call of [
      () => quotas.getUsage('unknown'),
      () => quotas.checkQuota('unknown', 'maxObjects', 1),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'tenant_not_found' });
    await provisioning.suspendTenant(tenantId);
    for (const call of [() => quotas.getUsage(tenantId), () => quotas.checkQuota(tenantId, 'maxObjects', 1)])
      await expect(call()).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('allows a tenant over its quota to deploy without additional usage', async () => {
    const tenant = await open();
    const { registry, router, tenantId } = tenant;
    await deploy(tenant, objects(3, '1.0.0'));
    // Another release of the runtime may have lower quotas of the plan; a lower quota of the tenant is refused.
    await registry.setQuotaOverrides(tenantId, { maxObjects: 2 });
    router.invalidateCache(tenantId);
    expect((await deploy(tenant, objects(3, '1.0.1'))).status).toBe('ready');
    await expect(deploy(tenant, objects(4, '1.0.2'))).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quota: 'maxObjects', maximum: 2, usage: 3, requested: 1 },
    });
  });
});
