import type { DataPlane, IDataDriver, ITenantRouter } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import {
  activeTenant,
  type ControlPlane,
  GRACE_MS,
  KERNEL,
  openControlPlane,
} from '../../test/control-plane.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { createTenantRouter } from './tenant-router.js';

const EXPIRES_AT = '2026-02-01T00:00:00.000Z';
const session = (activeOrganizationId = 'acme') => ({
  id: 'session',
  userId: 'ada',
  activeOrganizationId,
  expiresAt: EXPIRES_AT,
});

async function addTenant(
  { registry }: ControlPlane,
  tenant: Parameters<typeof tenantRecord>[0],
): Promise<string> {
  return (await registry.createTenant(tenantRecord(tenant))).record.tenant.id;
}

describe('resolveTenant', () => {
  it.each<[string, object, (router: ITenantRouter, id: string, other: string) => unknown]>([
    ['without a cache', { ttlMs: 0 }, () => undefined],
    ['while every read is overtaken by an invalidation', {}, (router, id) => router.invalidateCache(id)],
    [
      'while its driver is evicted during every read',
      { maxClients: 1 },
      async (router, _, other) => (await router.getTenantClient(other)).refresh(),
    ],
  ])('answers %s', async (_what, options, duringRead) => {
    const plane = await openControlPlane();
    const [id, other] = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    const { clock, registry } = plane;
    const readHistory = async (driver: IDataDriver) => {
      await duringRead(router, id, other);
      return plane.dataPlane.schemaDiff.readHistory(driver);
    };
    const schemaDiff = { ...plane.dataPlane.schemaDiff, readHistory };
    const dataPlane: DataPlane = Object.create(plane.dataPlane, { schemaDiff: { value: schemaDiff } });
    const router = createTenantRouter({ registry, dataPlane, kernel: KERNEL, clock, ...options });
    expect(await router.resolveTenant(session())).toMatchObject({ tenantId: id });
    await router.close();
  });

  it('rejects an aborted call while its request is counted', async () => {
    const plane = await openControlPlane();
    await activeTenant(plane);
    const { registry, dataPlane, clock } = plane;
    const controller = new AbortController();
    const requests = {
      take: () => {
        controller.abort();
        return new Promise<void>(() => {});
      },
      usage: async () => ({ usage: 0, resetAt: EXPIRES_AT }),
    };
    const router = createTenantRouter({ registry, dataPlane, kernel: KERNEL, clock, requests });
    await expect(router.resolveTenant(session(), { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    await router.close();
  });

  it('resolves session to organization to tenant', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    await activeTenant(plane, 'globex');
    expect(await plane.router.resolveTenant(session())).toEqual({
      instanceId: '00000000-0000-4000-8000-000000000000',
      mode: 'test',
      version: '1.2.3',
      startTime: 1,
      features: {},
      tenantId: id,
      organizationId: 'acme',
      userId: 'ada',
      tenantPlan: 'free',
      tenantRegion: 'us-east',
      tenantDbUrl: (await plane.dataPlane.platform.getDatabase(`t-${id}`))?.url,
      tenantQuotas: (await plane.registry.getTenant(id))?.tenant.quotas,
    });
  });

  it('rejects a session that is malformed, expired or without an organization', async () => {
    const { router, clock } = await openControlPlane();
    await expect(router.resolveTenant({ ...session(), userId: '' })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '/userId', code: 'too_small' }] },
    });
    await expect(router.resolveTenant(null as never)).rejects.toMatchObject({ code: 'invalid_request' });
    const { activeOrganizationId: _none, ...loose } = session();
    await expect(router.resolveTenant(loose)).rejects.toMatchObject({ code: 'organization_required' });
    clock.advance(Date.parse(EXPIRES_AT) - clock.now().getTime());
    await expect(router.resolveTenant(session())).rejects.toMatchObject({ code: 'session_expired' });
  });

  it('rejects a tenant of another organization like one that is unknown, in destruction or destroyed', async () => {
    const plane = await openControlPlane();
    const [own, foreign] = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    const destroying = await addTenant(plane, { tenant: { provisioningStatus: 'destroying' } });
    const gone = await activeTenant(plane);
    await plane.provisioning.destroyTenant(gone);
    plane.clock.advance(GRACE_MS + 1);
    await plane.provisioning.sweep();
    const answers = await Promise.all(
      [foreign, 'unknown', destroying, gone].map((tenantId) =>
        plane.router.resolveTenant(session(), { tenantId }).catch((error) => JSON.stringify(error)),
      ),
    );
    const unknown = await plane.router
      .resolveTenant(session('initech'))
      .catch((error) => JSON.stringify(error));
    expect(new Set([...answers, unknown]).size).toBe(1);
    expect(JSON.parse(String(unknown))).toMatchObject({ code: 'tenant_not_found', status: 404 });
    expect((await plane.router.resolveTenant(session(), { tenantId: own })).tenantId).toBe(own);
  });

  it.each([
    ['provisioning', 'tenant_not_ready'],
    ['failed', 'tenant_not_ready'],
    ['suspended', 'tenant_suspended'],
    ['destroying', 'tenant_not_found'],
  ] as const)('rejects a tenant that is %s with %s', async (provisioningStatus, code) => {
    const plane = await openControlPlane();
    const tenantId = await addTenant(plane, { tenant: { provisioningStatus } });
    await expect(plane.router.resolveTenant(session())).rejects.toMatchObject({ code });
    await expect(plane.router.resolveTenant(session(), { tenantId })).rejects.toMatchObject({ code });
    await expect(plane.router.getTenantClient(tenantId)).rejects.toMatchObject({ code });
  });

  it('requires a selection among several tenants', async () => {
    const plane = await openControlPlane();
    const [first, second] = [await activeTenant(plane), await activeTenant(plane)];
    await expect(plane.router.resolveTenant(session())).rejects.toMatchObject({
      code: 'tenant_ambiguous',
      details: { tenantIds: expect.arrayContaining([first, second]) },
    });
    expect((await plane.router.resolveTenant(session(), { tenantId: second })).tenantId).toBe(second);
    await plane.provisioning.destroyTenant(second);
    expect((await plane.router.resolveTenant(session())).tenantId).toBe(first);
  });

  it('ignores failed attempts beside an active tenant', async () => {
    const plane = await openControlPlane();
    await addTenant(plane, { tenant: { provisioningStatus: 'failed' } });
    const id = await activeTenant(plane);
    expect((await plane.router.resolveTenant(session())).tenantId).toBe(id);
  });

  it('rejects an empty selection', async () => {
    const { router } = await openControlPlane();
    await expect(router.resolveTenant(session(), { tenantId: '' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(router.resolveTenant(session(), { tenant: 'x' } as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
