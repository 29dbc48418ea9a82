import { tursoLocal } from '@objectstack/driver-turso';
import type { CreateDatabaseRequest } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allRecords, databaseNames, openShop, openTenantDataPlane } from '../../test/tenant-data-plane.js';
import { withPlatform } from '../../test/with-earlier-states.js';
import { createRuntime } from '../create-runtime.js';

const DAY_MS = 86_400_000;

describe('backupTenant, listBackups and restoreTenant', () => {
  it('restore the data of a backup, and retain what they replaced', async () => {
    const { runtime, dataPlane, clock } = await openTenantDataPlane();
    const events: string[] = [];
    runtime.on('tenant.backed_up', ({ tenantId: id, actor }) => events.push(`backed up ${id} ${actor}`));
    runtime.on('tenant.database_changed', ({ tenantId: id }) => events.push(`changed ${id}`));
    const { tenantId, driver } = await openShop({ runtime });
    const before = await allRecords(driver);
    const backup = await runtime.tenantData.backupTenant(tenantId, {}, { actor: 'ann' });
    expect(backup).toMatchObject({ tenantId, kind: 'requested' });
    clock.advance(1_000);
    await driver.deleteMany('ticket', { where: { title: { $ne: '' } } });
    await driver.create('customer', { id: 'late', name: 'Late' });
    const after = await allRecords(driver);
    const { databaseName, replaced } = await runtime.tenantData.restoreTenant(tenantId, {
      backupId: backup.id,
    });
    expect(databaseName).not.toBe(`t-${tenantId}`);
    expect(await allRecords(driver)).toEqual(before);
    await driver.create('customer', { name: 'New' });
    expect((await runtime.tenantData.listBackups(tenantId)).items).toEqual([replaced, backup]);
    // What was replaced is itself a backup.
    clock.advance(1_000);
    await runtime.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await allRecords(driver)).toEqual(after);
    await driver.create('customer', { name: 'Newer' });
    expect(events).toEqual([`backed up ${tenantId} ann`, `changed ${tenantId}`, `changed ${tenantId}`]);
    const { items } = await runtime.tenants.audit(tenantId);
    expect(items.slice(0, 5).map(({ action }) => action)).toEqual([
      'change_tenant_database',
      'create_backup',
      'change_tenant_database',
      'create_backup',
      'create_backup',
    ]);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    expect(await databaseNames({ dataPlane })).toHaveLength(4);
    const page = await runtime.tenantData.listBackups(tenantId, { limit: 2 });
    const rest = await runtime.tenantData.listBackups(tenantId, { cursor: page.nextCursor ?? '' });
    expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
  });

  it('follow the history of the deployments', async () => {
    const { runtime, clock } = await openTenantDataPlane();
    const { tenantId } = await openShop({ runtime });
    const backup = await runtime.tenantData.backupTenant(tenantId);
    clock.advance(1_000);
    const later = await runtime.deployments.deploy(
      tenantId,
      {
        protocolVersion: '1',
        manifest: { version: '2.0.0' },
        objects: [],
        views: [],
        flows: [],
        permissions: [],
        seedData: [],
      },
      { allow: ['remove_object:customer', 'remove_object:ticket'] },
    );
    await runtime.tenantData.restoreTenant(tenantId, { backupId: backup.id });
    const { items } = await runtime.deployments.list(tenantId);
    expect(items.map(({ id, status }) => [id === later.deploymentId, status])).toEqual([
      [true, 'failed'],
      [false, 'ready'],
    ]);
    expect(await (await runtime.router.getTenantClient(tenantId)).count('ticket')).toBe(1);
  });

  it('restore a suspended tenant without giving access to it', async () => {
    const { runtime, dataPlane } = await openTenantDataPlane();
    const { tenantId } = await openShop({ runtime });
    const backup = await runtime.tenantData.backupTenant(tenantId);
    await runtime.provisioning.suspendTenant(tenantId);
    const { databaseName } = await runtime.tenantData.restoreTenant(tenantId, { backupId: backup.id });
    expect(await dataPlane.platform.getDatabase(databaseName)).toMatchObject({ blockReads: true });
    await runtime.provisioning.resumeTenant(tenantId);
    expect(await (await runtime.router.getTenantClient(tenantId)).count('ticket')).toBe(1);
  });

  it('notice a switch in another process at the next call', async () => {
    const { runtime, dir, clock } = await openTenantDataPlane();
    const other = await openTenantDataPlane({ dir, clock });
    const { tenantId } = await openShop({ runtime });
    const backup = await runtime.tenantData.backupTenant(tenantId);
    const remote = await other.runtime.router.getTenantClient(tenantId);
    await remote.create('customer', { name: 'Lost' });
    await runtime.tenantData.restoreTenant(tenantId, { backupId: backup.id });
    await expect(remote.create('customer', { name: 'Late' })).rejects.toMatchObject({
      code: 'database_blocked',
    });
    await remote.create('customer', { id: 'repeated', name: 'Late' });
    expect(
      await (await runtime.router.getTenantClient(tenantId)).findOne('customer', {
        where: { id: 'repeated' },
      }),
    ).not.toBeNull();
  });

  it('end with the retention: of requested, replaced and final backups', async () => {
    const lifecycle = { onTenantDelete: { createBackup: true, immediate: true } };
    const { runtime, dataPlane, clock } = await openTenantDataPlane({ lifecycle, backupRetentionDays: 10 });
    const { tenantId } = await openShop({ runtime });
    const short = await runtime.tenantData.backupTenant(tenantId, { retentionDays: 1 });
    const forever = await runtime.tenantData.backupTenant(tenantId, { retentionDays: null });
    await runtime.tenantData.restoreTenant(tenantId, { backupId: forever.id });
    await runtime.provisioning.destroyTenant(tenantId);
    const kinds = async () =>
      (await runtime.tenantData.listBackups(tenantId)).items.map(({ kind }) => kind).toSorted();
    expect(await kinds()).toEqual(['final', 'replaced', 'requested', 'requested']);
    await runtime.sweep();
    expect(await kinds()).toHaveLength(4);
    clock.advance(2 * DAY_MS);
    expect((await runtime.sweep()).removedCopies).toHaveLength(1);
    await expect(runtime.tenantData.deleteBackup(tenantId, short.id)).rejects.toMatchObject({
      code: 'backup_not_found',
    });
    clock.advance(9 * DAY_MS);
    const { removedCopies, problems } = await runtime.sweep();
    expect([removedCopies.length, problems]).toEqual([2, []]);
    expect(removedCopies).toContain(`backup-${tenantId}`);
    expect(await kinds()).toEqual(['requested']);
    await runtime.tenantData.deleteBackup(tenantId, forever.id, { actor: 'ann' });
    expect(await databaseNames({ dataPlane })).toEqual([]);
    const { items } = await runtime.tenants.audit(tenantId);
    expect(items[0]).toMatchObject({ action: 'delete_backup', before: forever.id, actor: 'ann' });
  });

  it('reject what does not exist, and tenants that are not in service', async () => {
    const { runtime } = await openTenantDataPlane();
    const { tenantId } = await openShop({ runtime });
    const other = await openShop({ runtime });
    const backup = await runtime.tenantData.backupTenant(tenantId);
    for (const [id, backupId] of [
      [tenantId, 'nothing'],
      [other.tenantId, backup.id],
    ] as const)
      await expect(runtime.tenantData.restoreTenant(id, { backupId: backupId })).rejects.toMatchObject({
        code: 'backup_not_found',
      });
    await expect(runtime.tenantData.listBackups('missing')).rejects.toMatchObject({
      code: 'tenant_not_found',
    });
    await expect(runtime.tenantData.backupTenant(tenantId, { retentionDays: -1 })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await runtime.provisioning.destroyTenant(tenantId);
    for (const call of [
      runtime.tenantData.backupTenant(tenantId),
      runtime.tenantData.restoreTenant(tenantId, { backupId: backup.id }),
      runtime.tenantData.cloneTenant(tenantId),
    ])
      await expect(call).rejects.toMatchObject({ code: 'invalid_state' });
  });
});

describe('a backup that is deleted while it is copied', () => {
  it.each(['restore', 'clone'])('is not found, and nothing is left: %s', async (way) => {
    const plane = tursoLocal({ dir: await temporaryFolder() });
    let beforeCopy = async () => {};
    const createDatabase = async (request: CreateDatabaseRequest) => {
      if (request.seed) await beforeCopy();
      return plane.platform.createDatabase(request);
    };
    const platform = Object.create(plane.platform, { createDatabase: { value: createDatabase } });
    const dataPlane = withPlatform(plane, platform);
    const runtime = await createRuntime({ dataPlane });
    onTestFinished(() => runtime.close());
    const { tenantId, driver } = await openShop({ runtime });
    const { id: backupId } = await runtime.tenantData.backupTenant(tenantId);
    beforeCopy = () => runtime.tenantData.deleteBackup(tenantId, backupId);
    const { tenantData } = runtime;
    const call =
      way === 'clone'
        ? tenantData.cloneTenant(tenantId, { backupId })
        : tenantData.restoreTenant(tenantId, { backupId });
    await expect(call).rejects.toMatchObject({ code: 'backup_not_found' });
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
    await driver.create('customer', { name: 'Written' });
  });
});

describe('cloneTenant', () => {
  it('copies a tenant with its history to an independent one', async () => {
    const { runtime, clock } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    const request = { orgId: 'globex', displayName: 'Staging', requestKey: 'one' };
    const { tenantId: cloneId, created } = await runtime.tenantData.cloneTenant(tenantId, request);
    expect(created).toBe(true);
    const clone = await runtime.router.getTenantClient(cloneId);
    expect(await allRecords(clone)).toEqual(await allRecords(driver));
    await clone.create('customer', { name: 'Only here' });
    expect(await driver.count('customer')).toBe(3);
    expect(await runtime.tenants.get(cloneId)).toMatchObject({
      tenant: { organizationId: 'globex', plan: 'pro', name: 'Staging' },
    });
    expect((await runtime.deployments.list(cloneId)).items).toMatchObject([{ status: 'ready' }]);
    expect(await runtime.tenantData.cloneTenant(tenantId, request)).toEqual({
      tenantId: cloneId,
      created: false,
    });
    await expect(
      runtime.tenantData.cloneTenant(tenantId, { ...request, displayName: 'Other' }),
    ).rejects.toMatchObject({ code: 'idempotency_conflict' });
    clock.advance(16 * 60_000);
    expect(await runtime.sweep()).toMatchObject({ removedCopies: [], problems: [] });
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
  });

  it('makes a tenant of the final backup of a destroyed one', async () => {
    const lifecycle = { onTenantDelete: { createBackup: true, immediate: true } };
    const { runtime } = await openTenantDataPlane({ lifecycle });
    const { tenantId } = await openShop({ runtime });
    await runtime.provisioning.destroyTenant(tenantId);
    const [backup] = (await runtime.tenantData.listBackups(tenantId)).items;
    const clone = await runtime.tenantData.cloneTenant(tenantId, { backupId: backup?.id ?? '' });
    expect(await (await runtime.router.getTenantClient(clone.tenantId)).count('ticket')).toBe(1);
  });

  it('rejects data that exceeds the plan of the clone, without a trace', async () => {
    const planQuotas = { free: { maxObjects: 1 } };
    const { runtime, dataPlane } = await openTenantDataPlane({ planQuotas });
    const { tenantId } = await openShop({ runtime });
    await expect(runtime.tenantData.cloneTenant(tenantId, { plan: 'free' })).rejects.toMatchObject({
      code: 'quota_exceeded',
    });
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
  });
});
