import { TenantDatabaseLifecycleSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { activeTenant, GRACE_MS, openControlPlane, readableDatabases } from '../../test/control-plane.js';
import { failFirst, failOnce } from '../../test/fault-plane.js';
import { createProvisioningService } from './provisioning-service.js';

const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Held.' });
const MINUTE_MS = 60_000;

type Lifecycle = Parameters<typeof TenantDatabaseLifecycleSchema.parse>[0];

async function planeWith(lifecycle: Lifecycle, options: Parameters<typeof openControlPlane>[0] = {}) {
  const plane = await openControlPlane(options);
  const { registry, dataPlane, router, clock } = plane;
  const provisioning = createProvisioningService({
    ...{ registry, dataPlane, router, clock },
    lifecycle: TenantDatabaseLifecycleSchema.parse(lifecycle),
  });
  return { ...plane, provisioning };
}

describe('suspendTenant, with access to the database', () => {
  it('blocks the database for processes that have it open, and permits it again', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const other = await openControlPlane({ dir: plane.dir });
    const driver = await other.router.getTenantClient(id);
    await plane.provisioning.suspendTenant(id);
    await expect(driver.find('_os_tenant', {}, { system: true })).rejects.toMatchObject({
      code: 'tenant_suspended',
    });
    expect(await readableDatabases(plane)).toEqual([]);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    await plane.provisioning.resumeTenant(id);
    expect(await driver.find('_os_tenant', {}, { system: true })).toHaveLength(1);
  });

  it('is completed by a sweep if the platform did not answer', async () => {
    const plane = await openControlPlane({ faults: failOnce('setDatabaseAccess', busy()) });
    const id = await activeTenant(plane);
    await expect(plane.provisioning.suspendTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    expect(await readableDatabases(plane)).toHaveLength(1);
    expect((await plane.provisioning.sweep()).settled).toEqual([]);
    plane.clock.advance(MINUTE_MS + 1);
    expect((await plane.provisioning.sweep()).settled).toEqual([id]);
    expect(await readableDatabases(plane)).toEqual([]);
    expect(await plane.registry.getTenant(id)).toMatchObject({ deadlineAt: null });
    expect((await plane.provisioning.sweep()).settled).toEqual([]);
  });

  it('follows a status that changed while the platform was called', async () => {
    const [reached, released] = [withResolvers<void>(), withResolvers<void>()];
    let isFirst = true;
    const before = async (effect: string) => {
      if (effect !== 'setDatabaseAccess' || !isFirst) return;
      isFirst = false;
      reached.resolve();
      await released.promise;
    };
    const plane = await openControlPlane({ faults: { before, after: () => {} } });
    const id = await activeTenant(plane);
    const suspended = plane.provisioning.suspendTenant(id);
    await reached.promise;
    await plane.provisioning.resumeTenant(id);
    released.resolve();
    await suspended;
    expect(await plane.provisioning.getTenantStatus(id)).toBe('active');
    expect(await readableDatabases(plane)).toHaveLength(1);
  });

  it('is looked at again by a sweep if its process died after a late effect, while another one resumed the tenant', async () => {
    const [reached, released] = [withResolvers<void>(), withResolvers<void>()];
    let isFirst = true;
    let isDead = false;
    const before = async (effect: string) => {
      if (isDead) throw busy();
      if (effect !== 'setDatabaseAccess' || !isFirst) return;
      isFirst = false;
      reached.resolve();
      await released.promise;
      isDead = true;
    };
    const dying = await openControlPlane({ faults: { before, after: () => {} } });
    const plane = await openControlPlane({ dir: dying.dir, clock: dying.clock });
    const id = await activeTenant(plane);
    const suspended = dying.provisioning.suspendTenant(id);
    await reached.promise;
    await plane.provisioning.resumeTenant(id);
    released.resolve();
    await expect(suspended).rejects.toMatchObject({ code: 'database_busy' });
    expect(await readableDatabases(plane)).toEqual([]);
    plane.clock.advance(MINUTE_MS + 1);
    expect((await plane.provisioning.sweep()).settled).toEqual([id]);
    expect(await readableDatabases(plane)).toHaveLength(1);
    expect(await plane.registry.getTenant(id)).toMatchObject({ deadlineAt: null });
  });

  it('blocks only writes with readOnly', async () => {
    const plane = await planeWith({ onTenantSuspend: { readOnly: true } });
    const id = await activeTenant(plane);
    await plane.provisioning.suspendTenant(id);
    expect(await plane.dataPlane.platform.listDatabases()).toMatchObject([
      { blockReads: false, blockWrites: true },
    ]);
  });
});

describe('sweep, after the destruction of a tenant', () => {
  it('blocks the database if the platform did not answer, once', async () => {
    const plane = await openControlPlane({ faults: failOnce('setDatabaseAccess', busy()) });
    const id = await activeTenant(plane);
    await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    expect(await readableDatabases(plane)).toHaveLength(1);
    expect((await plane.provisioning.sweep()).settled).toEqual([id]);
    expect(await readableDatabases(plane)).toEqual([]);
    expect((await plane.provisioning.sweep()).settled).toEqual([]);
  });

  it('blocks the database of each destruction, also of a tenant that was recovered meanwhile', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    await plane.provisioning.destroyTenant(id);
    expect((await plane.provisioning.sweep()).settled).toEqual([]);
    await plane.provisioning.recoverTenant(id);
    const failing = await openControlPlane({
      dir: plane.dir,
      clock: plane.clock,
      faults: failOnce('setDatabaseAccess', busy()),
    });
    plane.clock.advance(1);
    await expect(failing.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    expect((await plane.provisioning.sweep()).settled).toEqual([id]);
    expect(await readableDatabases(plane)).toEqual([]);
    await plane.provisioning.recoverTenant(id);
    expect(await readableDatabases(plane)).toHaveLength(1);
  });

  it('leaves the database alone of a tenant that was recovered while others were checked', async () => {
    const plane = await openControlPlane({ faults: failFirst(2, 'setDatabaseAccess', busy()) });
    const ids = [await activeTenant(plane), await activeTenant(plane)];
    for (const id of ids)
      await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    let changes = 0;
    const before = async (effect: string) => {
      if (effect !== 'setDatabaseAccess' || ++changes > 1) return;
      for (const id of ids) await plane.provisioning.recoverTenant(id);
    };
    const faults = { before, after: () => {} };
    const sweeping = await openControlPlane({ dir: plane.dir, clock: plane.clock, faults });
    await sweeping.provisioning.sweep();
    // The first is blocked and permitted again, because it was recovered meanwhile.
    expect(changes).toBe(2);
    expect(await readableDatabases(plane)).toHaveLength(2);
  });

  it('reports a database that the platform does not block as a problem, and tries again', async () => {
    const faults = failFirst(2, 'setDatabaseAccess', busy());
    const plane = await openControlPlane({ faults });
    const id = await activeTenant(plane);
    await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    const problem = { tenantId: id, code: 'database_busy' };
    expect(await plane.provisioning.sweep()).toMatchObject({ settled: [], problems: [problem] });
    expect(await plane.provisioning.sweep()).toMatchObject({ settled: [id], problems: [] });
  });

  it('checks each database in turn if there are more than one sweep checks, also if the checks fail', async () => {
    const plane = await openControlPlane({ faults: failFirst(1_000, 'setDatabaseAccess', busy()) });
    const ids = await Promise.all(Array.from({ length: 101 }, () => activeTenant(plane)));
    for (const id of ids)
      await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    const failedIds = async () =>
      (await plane.provisioning.sweep()).problems.map((problem) => 'tenantId' in problem && problem.tenantId);
    const [first, second] = [await failedIds(), await failedIds()];
    expect([first.length, second.length]).toEqual([100, 100]);
    expect(new Set([...first, ...second])).toEqual(new Set(ids));
  });
});

describe('onTenantDelete', () => {
  it('determines the grace period, and makes a final backup before the data is deleted', async () => {
    const plane = await planeWith({ onTenantDelete: { gracePeriodHours: 1, createBackup: true } });
    const id = await activeTenant(plane);
    await plane.provisioning.destroyTenant(id);
    plane.clock.advance(59 * MINUTE_MS);
    expect((await plane.provisioning.sweep()).purged).toEqual([]);
    plane.clock.advance(MINUTE_MS + 1);
    expect((await plane.provisioning.sweep()).purged).toEqual([id]);
    const [backup, ...others] = await plane.dataPlane.platform.listDatabases();
    expect([backup?.name, others]).toEqual([`backup-${id}`, []]);
    await plane.dataPlane.platform.setDatabaseAccess(`backup-${id}`, {
      blockReads: false,
      blockWrites: false,
    });
    const marker = await plane.dataPlane.readTenantMarker({
      url: backup?.url ?? '',
      databaseName: `backup-${id}`,
    });
    expect(marker?.tenantId).toBe(id);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
  });

  it('makes one backup if the deletion is interrupted after it', async () => {
    const faults = failOnce('deleteDatabase', busy());
    const plane = await planeWith({ onTenantDelete: { immediate: true } }, { faults });
    const id = await activeTenant(plane);
    await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    expect((await plane.provisioning.sweep()).purged).toEqual([id]);
    expect(await plane.dataPlane.platform.listDatabases()).toMatchObject([{ name: `backup-${id}` }]);
  });

  it('deletes the data before the call returns with immediate', async () => {
    const plane = await planeWith({ onTenantDelete: { immediate: true, createBackup: false } });
    const id = await activeTenant(plane);
    await plane.provisioning.destroyTenant(id);
    expect(await plane.dataPlane.platform.listDatabases()).toEqual([]);
    await expect(plane.provisioning.getTenantStatus(id)).rejects.toMatchObject({ code: 'tenant_not_found' });
    await expect(plane.provisioning.recoverTenant(id)).rejects.toMatchObject({ code: 'tenant_not_found' });
  });

  it('deletes the database that a call creates after the tenant was destroyed', async () => {
    const [reached, released] = [withResolvers<void>(), withResolvers<void>()];
    const before = async (effect: string) => {
      if (effect !== 'createDatabase') return;
      reached.resolve();
      await released.promise;
    };
    const faults = { before, after: () => undefined };
    const plane = await planeWith({ onTenantDelete: { immediate: true } }, { faults });
    const provisioning = plane.provisioning.provisionTenant({ orgId: 'acme' });
    await reached.promise;
    const [record] = await plane.registry.listAllTenants();
    await plane.provisioning.destroyTenant(record?.tenant.id ?? '');
    released.resolve();
    await provisioning.catch(() => undefined);
    expect(await plane.dataPlane.platform.listDatabases()).toEqual([]);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
  });
});

describe('onTenantCreate', () => {
  it('waits for a database that is created elsewhere with autoCreate: false', async () => {
    const plane = await planeWith({ onTenantCreate: { autoCreate: false } });
    const request = { orgId: 'acme', requestKey: 'signup' };
    const first = await plane.provisioning.provisionTenant(request);
    expect(first).toMatchObject({
      status: 'failed',
      error: { details: { step: 'create_database', errorCode: 'database_not_found' } },
    });
    await plane.dataPlane.platform.createDatabase({ name: `t-${first.tenantId}` });
    expect(await plane.provisioning.provisionTenant(request)).toMatchObject({ status: 'active' });
  });
});

describe('recoverTenant', () => {
  it.each(['active', 'suspended'] as const)(
    'returns a destroyed tenant to %s, idempotently',
    async (status) => {
      const plane = await openControlPlane();
      const { provisioning, router, registry } = plane;
      const id = await activeTenant(plane);
      if (status === 'suspended') await provisioning.suspendTenant(id);
      await provisioning.destroyTenant(id);
      plane.clock.advance(GRACE_MS - 1);
      for (let time = 0; time < 2; time++) await provisioning.recoverTenant(id);
      expect(await registry.getTenant(id)).toMatchObject({
        tenant: { provisioningStatus: status },
        deadlineAt: null,
      });
      expect((await registry.getTenant(id))?.tenant.purgeAt).toBeUndefined();
      plane.clock.advance(2);
      expect((await provisioning.sweep()).purged).toEqual([]);
      if (status === 'suspended') await provisioning.resumeTenant(id);
      const driver = await router.getTenantClient(id);
      expect(await driver.find('_os_tenant', {}, { system: true })).toMatchObject([{ id }]);
    },
  );

  it('returns the access also if the destruction blocks the database after it', async () => {
    const [reached, released] = [withResolvers<void>(), withResolvers<void>()];
    let isFirst = true;
    const before = async (effect: string) => {
      if (effect !== 'setDatabaseAccess' || !isFirst) return;
      isFirst = false;
      reached.resolve();
      await released.promise;
    };
    const plane = await openControlPlane({ faults: { before, after: () => {} } });
    const id = await activeTenant(plane);
    const destroyed = plane.provisioning.destroyTenant(id);
    await reached.promise;
    await plane.provisioning.recoverTenant(id);
    released.resolve();
    await destroyed;
    expect(await plane.provisioning.getTenantStatus(id)).toBe('active');
    expect(await readableDatabases(plane)).toHaveLength(1);
  });

  it('returns a tenant that was never active to failed, and its request key resumes it', async () => {
    const plane = await openControlPlane({ faults: failOnce('claimDatabase', busy()) });
    const request = { orgId: 'acme', requestKey: 'signup' };
    const { tenantId } = await plane.provisioning.provisionTenant(request);
    await plane.provisioning.destroyTenant(tenantId);
    await plane.provisioning.recoverTenant(tenantId);
    expect(await plane.provisioning.getTenantStatus(tenantId)).toBe('failed');
    expect(await plane.provisioning.provisionTenant(request)).toMatchObject({ status: 'active', tenantId });
  });

  it('rejects after the deadline, after the deletion has begun, and without a database', async () => {
    const plane = await openControlPlane({ faults: failOnce('purgeDatabase', busy()) });
    const { provisioning, clock, dataPlane } = plane;
    const [late, lost] = [await activeTenant(plane), await activeTenant(plane)];
    for (const id of [late, lost]) await provisioning.destroyTenant(id);
    await dataPlane.platform.deleteDatabase(`t-${lost}`);
    await expect(provisioning.recoverTenant(lost)).rejects.toMatchObject({ code: 'database_not_found' });
    clock.advance(GRACE_MS);
    await expect(provisioning.recoverTenant(late)).rejects.toMatchObject({ code: 'tenant_not_found' });
    clock.advance(1);
    expect((await provisioning.sweep()).problems).toHaveLength(1);
    clock.advance(-GRACE_MS);
    await expect(provisioning.recoverTenant(late)).rejects.toMatchObject({ code: 'tenant_not_found' });
    await expect(provisioning.recoverTenant('unknown')).rejects.toMatchObject({ code: 'tenant_not_found' });
  });
});
