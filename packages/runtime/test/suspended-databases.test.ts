import { join } from 'node:path';
import { openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import type { DataPlane } from '@objectstack/spec/contracts';
import { sampledIt, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileBundleStore, createRuntime, createTenantRegistry } from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';
import { startServerPlane } from './start-server-plane.js';

const BUNDLE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });

type Open = (dir: string) => Promise<DataPlane>;

const PLANES: readonly (readonly [string, Open])[] = [
  [
    'on files',
    async (dir) => {
      const { defaults: _, ...dataPlane } = tursoLocal({ dir });
      return dataPlane;
    },
  ],
  ['on a libSQL server', startServerPlane],
];

async function openTenant(openPlane: Open) {
  const dir = await temporaryFolder();
  const dataPlane = await openPlane(dir);
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
  });
  onTestFinished(() => os.close());
  const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme' });
  const { databaseName, tenant } = await os.tenants.get(tenantId);
  const url = tenant.connectionConfig?.url ?? '';
  /** A driver beside the runtime, as another process has that admitted the tenant before. */
  const other = dataPlane.createDriver({ url, databaseName, tenantId });
  onTestFinished(() => other.disconnect());
  await other.connect();
  const read = () => other.count('_os_object', {}, { system: true });
  expect(await read()).toBe(0);
  const accessOf = async () => {
    const { blockReads, blockWrites } = (await dataPlane.platform.getDatabase(databaseName)) ?? {};
    return [blockReads, blockWrites];
  };
  return { os, dataPlane, tenantId, databaseName, read, accessOf };
}

describe.each(PLANES)('a suspended tenant %s', (name, openPlane) => {
  /** Every test on files, a half of them on a server, unless tests are exhaustive. */
  const test = sampledIt(it, name === 'on files' ? 1 : 2, 1);

  test('is blocked at its database, also for connections that exist, and is open again when resumed', async () => {
    const { os, tenantId, read, accessOf } = await openTenant(openPlane);
    for (let round = 0; round < 2; round++) {
      await os.provisioning.suspendTenant(tenantId);
      await expect(read()).rejects.toMatchObject({ code: 'database_blocked' });
      await expect(os.router.getTenantClient(tenantId)).rejects.toMatchObject({ code: 'tenant_suspended' });
      expect(await accessOf()).toEqual([true, true]);
      expect(await os.provisioning.getTenantStatus(tenantId)).toBe('suspended');
      expect(await os.provisioning.inspectTenants()).toEqual([]);
      await os.provisioning.resumeTenant(tenantId);
      expect(await read()).toBe(0);
      expect(await accessOf()).toEqual([false, false]);
    }
  });

  test('ends as the registry says when it is suspended and resumed at once', async () => {
    const { os, tenantId, accessOf } = await openTenant(openPlane);
    const calls = Array.from({ length: 6 }, (_unused, index) =>
      index % 2 ? os.provisioning.resumeTenant(tenantId) : os.provisioning.suspendTenant(tenantId),
    );
    await Promise.all(calls);
    const isBlocked = (await os.tenants.get(tenantId)).tenant.provisioningStatus === 'suspended';
    expect(await accessOf()).toEqual([isBlocked, isBlocked]);
  });

  test('cannot be opened by resuming it while it is destroyed', async () => {
    const { os, dataPlane, tenantId, read, databaseName } = await openTenant(openPlane);
    await os.provisioning.suspendTenant(tenantId);
    await os.provisioning.destroyTenant(tenantId);
    const resuming = os.provisioning.resumeTenant(tenantId);
    await expect(resuming).rejects.toMatchObject({ code: 'invalid_state' });
    await expect(read()).rejects.toMatchObject({
      code: expect.stringMatching(/database_(blocked|not_found)/),
    });
    const database = await dataPlane.platform.getDatabase(databaseName);
    if (database) expect(database).toMatchObject({ blockReads: true, blockWrites: true });
  });

  test('can be given lower quotas and a smaller plan, unless it uses more, and stays blocked', async () => {
    const { os, tenantId, read, accessOf } = await openTenant(openPlane);
    await os.provisioning.migrateTenantPlan(tenantId, 'pro');
    await os.deployments.deploy(tenantId, BUNDLE);
    await os.provisioning.suspendTenant(tenantId);
    const exceeded = { code: 'quota_exceeded', details: { quotas: [{ quota: 'maxObjects', usage: 1 }] } };
    await expect(os.tenants.setQuotas(tenantId, { maxObjects: 0 })).rejects.toMatchObject(exceeded);
    expect(await accessOf()).toEqual([true, true]);
    expect((await os.tenants.setQuotas(tenantId, { maxObjects: 1 })).quotas.maxObjects).toBe(1);
    await os.provisioning.migrateTenantPlan(tenantId, 'free');
    expect((await os.tenants.get(tenantId)).tenant).toMatchObject({
      plan: 'free',
      provisioningStatus: 'suspended',
    });
    await expect(read()).rejects.toMatchObject({ code: 'database_blocked' });
    expect(await accessOf()).toEqual([true, true]);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
  });

  test('is found and repaired if a block takes effect after it was resumed and settled', async () => {
    const { os, dataPlane, tenantId, databaseName, read } = await openTenant(openPlane);
    await os.provisioning.suspendTenant(tenantId);
    await os.provisioning.resumeTenant(tenantId);
    await dataPlane.platform.setDatabaseAccess(databaseName, { blockReads: true, blockWrites: true });
    expect(await os.provisioning.inspectTenants()).toEqual([
      { kind: 'database_unreadable', databaseName, tenantId, errorCode: 'database_blocked' },
    ]);
    await os.provisioning.resumeTenant(tenantId);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
    expect(await read()).toBe(0);
  });

  test('is completed by repeating a call whose second half failed', async () => {
    const { os, dataPlane, tenantId, accessOf } = await openTenant(openPlane);
    const aborted = AbortSignal.abort();
    await expect(os.provisioning.suspendTenant(tenantId, { signal: aborted })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(await accessOf()).toEqual([false, false]);
    await os.provisioning.suspendTenant(tenantId);
    const { databaseName } = await os.tenants.get(tenantId);
    await dataPlane.platform.setDatabaseAccess(databaseName, { blockReads: false, blockWrites: false });
    await os.provisioning.suspendTenant(tenantId);
    expect(await accessOf()).toEqual([true, true]);
  });
});
