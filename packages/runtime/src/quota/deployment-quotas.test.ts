import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf } from '../../test/sample-bundles.js';
import { createQuotaService } from '../index.js';

const DAY_MS = 86_400_000;

const objects = (count: number, version: string) =>
  bundleOf(
    { objects: Array.from({ length: count }, (_, index) => ({ name: `o${index}`, fields: {} })) },
    version,
  );

async function open(overrides: object) {
  const tenant = await openTenant();
  await tenant.registry.setQuotaOverrides(tenant.tenantId, overrides);
  tenant.router.invalidateCache(tenant.tenantId);
  return { ...tenant, quotas: createQuotaService(tenant) };
}

const tooMany = (usage: number) => ({
  code: 'quota_exceeded',
  details: { quota: 'maxDeploymentsPerDay', maximum: 2, usage, requested: 1 },
});

describe('maxDeploymentsPerDay', () => {
  it('limits the deployments of a UTC day, and not those that change nothing', async () => {
    const tenant = await open({ maxDeploymentsPerDay: 2 });
    await deploy(tenant, objects(1, '1.0.0'));
    await deploy(tenant, objects(1, '1.0.0'));
    await deploy(tenant, objects(2, '1.0.1'));
    const before = await tenant.registry.listDeployments(tenant.tenantId);
    await expect(deploy(tenant, objects(3, '1.0.2'))).rejects.toMatchObject(tooMany(2));
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toEqual(before);
    await deploy(tenant, objects(2, '1.0.1'));
    tenant.clock.advance(DAY_MS);
    await deploy(tenant, objects(3, '1.0.2'));
    expect(await tenant.quotas.checkQuota(tenant.tenantId, 'maxDeploymentsPerDay', 1)).toMatchObject({
      allowed: true,
      usage: 1,
      resetAt: '2026-01-03T00:00:00.000Z',
    });
  });

  it('counts a plan once that is executed again, and permits its retry at the limit', async () => {
    const tenant = await open({ maxDeploymentsPerDay: 2 });
    const { deployments, tenantId } = tenant;
    const plan = await deployments.planDeployment(tenantId, objects(1, '1.0.0'));
    for (let retry = 0; retry < 3; retry++) await deployments.executeDeployment(tenantId, plan);
    expect(await tenant.quotas.checkQuota(tenantId, 'maxDeploymentsPerDay', 1)).toMatchObject({ usage: 1 });
    await deploy(tenant, objects(2, '1.0.1'));
    await expect(deploy(tenant, objects(3, '1.0.2'))).rejects.toMatchObject(tooMany(2));
  });

  it('permits a rollback at the limit, and does not count it', async () => {
    const tenant = await open({ maxDeploymentsPerDay: 2 });
    await deploy(tenant, objects(1, '1.0.0'));
    const { deploymentId } = await deploy(tenant, objects(2, '1.0.1'));
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    await expect(deploy(tenant, objects(3, '1.0.2'))).rejects.toMatchObject(tooMany(2));
  });

  it('counts reservations, and committed ones until the end of the day', async () => {
    const tenant = await open({ maxDeploymentsPerDay: 2 });
    const { quotas, tenantId } = tenant;
    const one = await quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
    await quotas.commit(one.id);
    const other = await quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
    await expect(deploy(tenant, objects(1, '1.0.0'))).rejects.toMatchObject(tooMany(2));
    await quotas.release(other.id);
    await deploy(tenant, objects(1, '1.0.0'));
    await expect(deploy(tenant, objects(2, '1.0.1'))).rejects.toMatchObject(tooMany(2));
    tenant.clock.advance(DAY_MS);
    await deploy(tenant, objects(2, '1.0.1'));
  });

  it('keeps what was committed today when a reservation of yesterday is committed', async () => {
    const { quotas, tenantId, clock } = await open({ maxDeploymentsPerDay: 1 });
    clock.advance(DAY_MS - 60_000);
    const yesterday = await quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
    clock.advance(120_000);
    const today = await quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
    await quotas.commit(today.id);
    await quotas.commit(yesterday.id);
    await expect(quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1)).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { usage: 1 },
    });
    clock.advance(DAY_MS);
    await quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
  });

  it('of 0 permits none', async () => {
    const tenant = await open({ maxDeploymentsPerDay: 0 });
    await expect(deploy(tenant, objects(1, '1.0.0'))).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toEqual([]);
  });
});

describe('maxObjects', () => {
  it('counts the reservations of others during a deployment, and leaves none of its own', async () => {
    const tenant = await open({ maxObjects: 3 });
    const { quotas, tenantId, registry, clock } = tenant;
    const held = await quotas.reserve(tenantId, 'maxObjects', 2);
    await expect(deploy(tenant, objects(2, '1.0.0'))).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quota: 'maxObjects', maximum: 3, usage: 2, requested: 2 },
    });
    await quotas.release(held.id);
    await deploy(tenant, objects(2, '1.0.0'));
    const state = { tenantId, quota: 'maxObjects', period: '', now: clock.now().toISOString() } as const;
    expect(await registry.readQuota(state)).toMatchObject({ reserved: 0 });
    await expect(quotas.reserve(tenantId, 'maxObjects', 2)).rejects.toMatchObject({
      details: { usage: 2, maximum: 3, requested: 2 },
    });
    await quotas.reserve(tenantId, 'maxObjects', 1);
  });
});

describe('maxRecordsPerObject', () => {
  const NOTE = { name: 'note', fields: { body: { type: 'text' } } } as const;
  const seeded = (count: number, version = '1.0.0') =>
    bundleOf(
      {
        objects: [NOTE],
        seedData: [
          {
            object: 'note',
            mode: 'insert',
            records: Array.from({ length: count }, (_, index) => ({ id: `n${index}`, body: 'x' })),
          },
        ],
      },
      version,
    );

  it('rejects seeds that can never fit before anything is deployed', async () => {
    const tenant = await open({ maxRecordsPerObject: 3 });
    await expect(deploy(tenant, seeded(4))).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quota: 'maxRecordsPerObject', object: 'note', maximum: 3, requested: 4 },
    });
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toEqual([]);
    await deploy(tenant, seeded(3));
    await expect(tenant.driver.create('note', {})).rejects.toMatchObject({ code: 'quota_exceeded' });
  });

  it('fails a deployment whose seeds do not fit beside other records, and counts records that a rollback restores', async () => {
    const tenant = await open({ maxRecordsPerObject: 3 });
    await deploy(tenant, bundleOf({ objects: [NOTE] }, '1.0.0'));
    await tenant.driver.bulkCreate('note', [{}, {}]);
    const failed = await deploy(tenant, seeded(2, '1.0.1'));
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'quota_exceeded' } });
    expect(await tenant.driver.count('note')).toBe(2);
    const { deploymentId } = await deploy(tenant, bundleOf({ objects: [] }, '1.0.2'), {
      allow: ['remove_object:note'],
    });
    await deploy(tenant, bundleOf({ objects: [] }, '1.0.2'));
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    expect(await tenant.driver.count('note')).toBe(2);
    await tenant.driver.create('note', {});
    await expect(tenant.driver.create('note', {})).rejects.toMatchObject({ details: { usage: 3 } });
  });
});
