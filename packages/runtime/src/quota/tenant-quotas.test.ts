import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { bundleOf } from '../../test/sample-bundles.js';
import { createRuntime, type RuntimeOptions } from '../index.js';

async function open(options: Partial<RuntimeOptions> = {}, dir?: string) {
  const folder = dir ?? (await temporaryFolder());
  const clock = options.clock ?? new ManualClock();
  const os = await createRuntime({
    dataPlane: tursoLocal({ dir: folder }),
    ...options,
    clock,
  } as RuntimeOptions);
  onTestFinished(() => os.close());
  return { os, dir: folder, clock: clock as ManualClock };
}

async function openTenant(options: Partial<RuntimeOptions> = {}) {
  const runtime = await open(options);
  const { tenantId } = await runtime.os.provisioning.provisionTenant({ orgId: 'acme' });
  return { ...runtime, tenantId };
}

const NOTES = bundleOf({ objects: [{ name: 'note', fields: { body: { type: 'text' } } }] });
const session = {
  id: 's',
  userId: 'ada',
  activeOrganizationId: 'acme',
  expiresAt: '2999-01-01T00:00:00.000Z',
};

describe('planQuotas', () => {
  it('replace all quotas of a plan', async () => {
    const { os, tenantId } = await openTenant({ planQuotas: { free: { maxObjects: 1 } } });
    const { tenant } = await os.tenants.get(tenantId);
    expect(tenant.quotas).toEqual({ maxObjects: 1 });
    expect((await os.router.resolveTenant(session)).tenantQuotas).toEqual({ maxObjects: 1 });
    const two = bundleOf({
      objects: [
        { name: 'a', fields: {} },
        { name: 'b', fields: {} },
      ],
    });
    expect(os.deployments.validateBundle(two, { plan: 'free' }).valid).toBe(false);
    expect(os.deployments.validateBundle(two, { plan: 'pro' }).valid).toBe(true);
    await expect(os.deployments.deploy(tenantId, two)).rejects.toMatchObject({ code: 'quota_exceeded' });
  });

  it.each([
    { planQuotas: { gold: {} } },
    { planQuotas: { free: { maxObjects: -1 } } },
    { apiRequestLimit: { mode: 'process', share: 0 } },
    { apiRequestLimit: { mode: 'sometimes' } },
  ])('must be valid: %j', async (options) => {
    await expect(open(options as never)).rejects.toMatchObject({ code: 'configuration_invalid' });
  });
});

describe('setQuotas', () => {
  it('replaces the quotas of one tenant, in every process', async () => {
    const { os, tenantId, dir, clock } = await openTenant({ ttlMs: 1_000 });
    await os.deployments.deploy(tenantId, NOTES);
    const other = await open({ ttlMs: 1_000, clock }, dir);
    const here = await os.router.getTenantClient(tenantId);
    const there = await other.os.router.getTenantClient(tenantId);
    await here.create('note', {});
    const tenant = await os.tenants.setQuotas(tenantId, { maxRecordsPerObject: 1, maxUsers: null });
    expect(tenant.quotas).toMatchObject({ maxRecordsPerObject: 1, maxObjects: 50 });
    expect(tenant.quotas).not.toHaveProperty('maxUsers');
    await expect(here.create('note', {})).rejects.toMatchObject({ code: 'quota_exceeded' });
    clock.advance(1_000);
    await expect(there.create('note', {})).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect((await os.tenants.setQuotas(tenantId, {})).quotas.maxUsers).toBe(3);
    await here.create('note', {});
  });

  it('is recorded in the audit log once', async () => {
    const { os, tenantId } = await openTenant();
    for (let repeat = 0; repeat < 2; repeat++)
      await os.tenants.setQuotas(tenantId, { maxUsers: 9, maxObjects: null }, { actor: 'ada' });
    const { items } = await os.tenants.audit(tenantId);
    const changes = items.filter(({ action }) => action === 'change_tenant_quotas');
    expect(changes).toMatchObject([
      { actor: 'ada', before: '{}', after: '{"maxObjects":null,"maxUsers":9}' },
    ]);
  });

  it.each([{ maxUsers: -1 }, { maxFun: 1 }, null])('rejects %j', async (quotas) => {
    const { os, tenantId } = await openTenant();
    await expect(os.tenants.setQuotas(tenantId, quotas as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(os.tenants.setQuotas('unknown', {})).rejects.toMatchObject({ code: 'tenant_not_found' });
  });

  it('and a lower plan are refused below the usage, name each quota and change nothing', async () => {
    const { os, tenantId } = await openTenant();
    await os.provisioning.migrateTenantPlan(tenantId, 'enterprise');
    await os.deployments.deploy(tenantId, NOTES);
    const driver = await os.router.getTenantClient(tenantId);
    await driver.bulkCreate('note', [{}, {}]);
    for (const user of ['a', 'b', 'c', 'd']) await os.tenants.addMember(tenantId, user);
    const usages = { maxUsers: 4, maxObjects: 1, maxRecordsPerObject: 2 };
    const lower = {
      maxUsers: 3,
      maxObjects: 0,
      maxRecordsPerObject: 1,
      maxStorageBytes: 1,
      maxDeploymentsPerDay: 0,
    };
    const refused = await os.tenants.setQuotas(tenantId, lower).catch((error) => error);
    expect(refused).toMatchObject({ code: 'quota_exceeded' });
    expect(refused.details.quotas).toEqual([
      ...Object.entries(usages).map(([quota, usage]) => ({
        quota,
        maximum: lower[quota as 'maxUsers'],
        usage,
      })),
      { quota: 'maxStorageBytes', maximum: 1, usage: expect.any(Number) },
    ]);
    await os.provisioning.suspendTenant(tenantId);
    await expect(os.provisioning.migrateTenantPlan(tenantId, 'free')).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quotas: [{ quota: 'maxUsers', maximum: 3, usage: 4 }] },
    });
    expect((await os.tenants.get(tenantId)).tenant).toMatchObject({ plan: 'enterprise', quotas: {} });
    await os.tenants.removeMember(tenantId, 'd');
    await os.provisioning.migrateTenantPlan(tenantId, 'free');
  });
});

describe('addMember', () => {
  it('reports members up to maxUsers', async () => {
    const { os, tenantId } = await openTenant();
    expect(await os.tenants.addMember(tenantId, 'ada')).toEqual({ added: true });
    expect(await os.tenants.addMember(tenantId, 'ada')).toEqual({ added: false });
    const added = Array.from({ length: 20 }, (_, index) => os.tenants.addMember(tenantId, `u${index}`));
    const settled = await Promise.allSettled(added);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await os.tenants.addMember(tenantId, 'ada')).toEqual({ added: false });
    await expect(os.tenants.addMember(tenantId, 'eve')).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quota: 'maxUsers', maximum: 3, usage: 3, requested: 1 },
    });
    expect(await os.tenants.removeMember(tenantId, 'ada')).toEqual({ removed: true });
    expect(await os.tenants.removeMember(tenantId, 'ada')).toEqual({ removed: false });
    await os.tenants.addMember(tenantId, 'eve');
    expect((await os.quotas.getUsage(tenantId)).users).toBe(3);
    const first = await os.tenants.listMembers(tenantId, { limit: 2 });
    const second = await os.tenants.listMembers(tenantId, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ userId }) => userId)).toHaveLength(3);
    expect(first.items[0]?.userId).toBe('eve');
    expect(second.nextCursor).toBeNull();
  });

  it('uses a reservation, which is then committed', async () => {
    const { os, tenantId } = await openTenant();
    const { id } = await os.quotas.reserve(tenantId, 'maxUsers', 1);
    await os.tenants.addMember(tenantId, 'a');
    await os.tenants.addMember(tenantId, 'b');
    await expect(os.tenants.addMember(tenantId, 'c')).rejects.toMatchObject({ code: 'quota_exceeded' });
    await os.tenants.addMember(tenantId, 'c', { reservationId: id });
    await os.quotas.commit(id);
    expect(await os.quotas.checkQuota(tenantId, 'maxUsers', 0)).toMatchObject({ usage: 3 });
    await os.tenants.removeMember(tenantId, 'c');
    await expect(os.tenants.addMember(tenantId, 'd', { reservationId: id })).rejects.toMatchObject({
      code: 'reservation_not_found',
    });
  });

  it('uses no reservation of another quota or tenant, nor one that cannot exist', async () => {
    const { os, tenantId } = await openTenant({ planQuotas: { free: { maxUsers: 1, maxObjects: 9 } } });
    await os.tenants.addMember(tenantId, 'ada');
    const { tenantId: other } = await os.provisioning.provisionTenant({ orgId: 'globex' });
    const ids = ['unknown', 'a\u0000'];
    for (const quota of ['maxObjects', 'maxDeploymentsPerDay'] as const)
      ids.push((await os.quotas.reserve(tenantId, quota, 1)).id);
    ids.push((await os.quotas.reserve(other, 'maxUsers', 1)).id);
    for (const reservationId of ids)
      await expect(os.tenants.addMember(tenantId, 'eve', { reservationId })).rejects.toMatchObject({
        code: 'reservation_not_found',
      });
    expect((await os.quotas.getUsage(tenantId)).users).toBe(1);
    expect(await os.quotas.checkQuota(tenantId, 'maxObjects', 0)).toMatchObject({ usage: 1 });
  });

  it.each(['', 'a'.repeat(256), 1, 'a\u0000'])('rejects the user id %j', async (userId) => {
    const { os, tenantId } = await openTenant();
    await expect(os.tenants.addMember(tenantId, userId as string)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('apiRequestsPerMinute', () => {
  it('is a bucket in each process that refills evenly', async () => {
    const { os, tenantId, clock } = await openTenant({
      planQuotas: { free: { apiRequestsPerMinute: 6 } },
      apiRequestLimit: { mode: 'process', share: 0.5 },
    });
    for (let request = 0; request < 3; request++) await os.router.resolveTenant(session);
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      details: { quota: 'apiRequestsPerMinute', maximum: 3, usage: 3, resetAt: '2026-01-01T00:00:20.000Z' },
    });
    expect(await os.quotas.checkQuota(tenantId, 'apiRequestsPerMinute', 1)).toMatchObject({ usage: 3 });
    clock.advance(20_000);
    await os.router.resolveTenant(session);
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({ code: 'rate_limited' });
    await os.router.getTenantClient(tenantId);
    clock.advance(600_000);
    for (let request = 0; request < 3; request++) await os.router.resolveTenant(session);
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('is exact for all processes through the registry', async () => {
    const options = {
      planQuotas: { free: { apiRequestsPerMinute: 5 } },
      apiRequestLimit: { mode: 'exact' },
    } as const;
    const { os, dir, clock, tenantId } = await openTenant(options);
    const other = await open({ ...options, clock }, dir);
    const requests = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? os : other.os).router.resolveTenant(session),
    );
    const settled = await Promise.allSettled(requests);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({
      code: 'rate_limited',
      details: { maximum: 5, usage: 5, resetAt: '2026-01-01T00:01:00.000Z' },
    });
    expect((await other.os.quotas.getUsage(tenantId)).apiRequestsThisMinute).toBe(5);
    clock.advance(60_000);
    await os.router.resolveTenant(session);
  });

  it('is exact for processes whose clocks differ, and recovers from one that was far ahead', async () => {
    const options = {
      planQuotas: { free: { apiRequestsPerMinute: 4 } },
      apiRequestLimit: { mode: 'exact' },
    } as const;
    const { os, dir, clock } = await openTenant(options);
    const early = await open({ ...options, clock: new ManualClock() }, dir);
    clock.advance(59_000);
    early.clock.advance(61_000);
    for (let turn = 0; turn < 2; turn++) {
      await early.os.router.resolveTenant(session);
      await os.router.resolveTenant(session);
    }
    for (const { router } of [os, early.os])
      await expect(router.resolveTenant(session)).rejects.toMatchObject({ code: 'rate_limited' });
    early.clock.advance(86_400_000);
    await early.os.router.resolveTenant(session);
    for (let request = 0; request < 4; request++) await os.router.resolveTenant(session);
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('of 0 permits none, and foreign requests are not counted', async () => {
    const { os } = await openTenant({ planQuotas: { free: { apiRequestsPerMinute: 0 } } });
    await expect(os.router.resolveTenant(session)).rejects.toMatchObject({ code: 'rate_limited' });
    const foreign = { ...session, activeOrganizationId: 'globex' };
    await expect(os.router.resolveTenant(foreign)).rejects.toMatchObject({ code: 'tenant_not_found' });
  });
});
