import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTursoDriver } from '@objectstack/driver-turso';
import type { DataPlane, IDataDriver, ITenantRegistry } from '@objectstack/spec/contracts';
import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { activeTenant, type ControlPlane, openControlPlane, TTL_MS } from '../../test/control-plane.js';
import type { HoldLockInput } from '../../test/hold-lock-child.js';
import { runChild, startChild } from '../../test/run-child.js';
import { createTenantRouter } from './tenant-router.js';

interface Counts {
  drivers: number;
  refreshes: number;
  reads: number;
}

const KERNEL = { instanceId: '', mode: 'test', version: '0', startTime: 0, features: {} } as const;

/** A router that counts its calls to the registry and the data plane. */
function countingRouter(
  { registry, dataPlane, clock }: ControlPlane,
  settings: { maxClients?: number } = {},
) {
  const counts: Counts = { drivers: 0, refreshes: 0, reads: 0 };
  const countedPlane: DataPlane = Object.create(dataPlane, {
    createDriver: {
      value: (connection: Parameters<DataPlane['createDriver']>[0]) => {
        counts.drivers++;
        const driver = dataPlane.createDriver(connection);
        const refresh = driver.refresh.bind(driver);
        driver.refresh = () => {
          counts.refreshes++;
          return refresh();
        };
        return driver;
      },
    },
  });
  const countedRegistry: ITenantRegistry = Object.create(registry, {
    getTenant: {
      value: (tenantId: string) => {
        counts.reads++;
        return registry.getTenant(tenantId);
      },
    },
  });
  const router = createTenantRouter({
    registry: countedRegistry,
    dataPlane: countedPlane,
    kernel: KERNEL,
    clock,
    ttlMs: TTL_MS,
    ...settings,
  });
  return { router, counts };
}

const ownId = async (client: IDataDriver) => (await client.findOne('_os_tenant', {}, { system: true }))?.id;

describe('getTenantClient', () => {
  it("returns a connected driver of the tenant's own database", async () => {
    const plane = await openControlPlane();
    const ids = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    const clients = await Promise.all(ids.map((id) => plane.router.getTenantClient(id)));
    expect(await Promise.all(clients.map(ownId))).toEqual(ids);
    expect(await clients[0]?.checkHealth()).toBe(true);
  });

  it.each(['unknown', '', '../control', 'a\0b', undefined as never])(
    'does not find tenant %j',
    async (tenantId) => {
      const { router } = await openControlPlane();
      await expect(router.getTenantClient(tenantId)).rejects.toMatchObject({ code: 'tenant_not_found' });
    },
  );

  it('opens one driver for concurrent callers, and does not read the registry while the admission is valid', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const { router, counts } = countingRouter(plane);
    const clients = await Promise.all(Array.from({ length: 50 }, () => router.getTenantClient(id)));
    expect(new Set(clients).size).toBe(1);
    plane.clock.advance(TTL_MS - 1);
    await ownId(await router.getTenantClient(id));
    expect(counts).toEqual({ drivers: 1, refreshes: 0, reads: 1 });
    plane.clock.advance(1);
    await ownId(await router.getTenantClient(id));
    expect(counts).toEqual({ drivers: 1, refreshes: 0, reads: 2 });
  });

  it('keeps working after disconnect', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    await client.disconnect();
    expect(await ownId(client)).toBe(id);
    await client.connect();
  });

  it('refuses an existing handle immediately after a suspension in this process, until the tenant is resumed', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    await plane.provisioning.suspendTenant(id);
    await expect(ownId(client)).rejects.toMatchObject({ code: 'tenant_suspended' });
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(await client.checkHealth()).toBe(false);
    await plane.provisioning.resumeTenant(id);
    expect(await ownId(client)).toBe(id);
    await plane.provisioning.destroyTenant(id);
    await expect(ownId(client)).rejects.toMatchObject({ code: 'tenant_not_found' });
  });

  it('refuses an existing handle at once after a suspension in another process, which blocks the database', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    const elsewhere = await openControlPlane({ dir: plane.dir, clock: plane.clock });
    await elsewhere.provisioning.suspendTenant(id);
    await expect(ownId(client)).rejects.toMatchObject({ code: 'tenant_suspended' });
    const beginning = client.beginTransaction();
    await expect(beginning).rejects.toMatchObject({ code: 'tenant_suspended' });
    await elsewhere.provisioning.resumeTenant(id);
    plane.clock.advance(TTL_MS);
    expect(await ownId(client)).toBe(id);
  });

  it('reports a database that its operator blocked as such', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    const { databaseName = '' } = (await plane.registry.getTenant(id)) ?? {};
    await plane.dataPlane.platform.setDatabaseAccess(databaseName, { blockReads: true, blockWrites: true });
    await expect(ownId(client)).rejects.toMatchObject({ code: 'database_blocked' });
  });

  it('refuses an existing handle within the TTL after a suspension in the registry', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    const elsewhere = await openControlPlane({ dir: plane.dir, clock: plane.clock });
    await elsewhere.registry.updateTenant(id, ['active'], { provisioningStatus: 'suspended' });
    plane.clock.advance(TTL_MS - 1);
    expect(await ownId(client)).toBe(id);
    plane.clock.advance(1);
    await expect(ownId(client)).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('refuses an existing handle after a suspension in another process when the clock was set back', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    const elsewhere = await openControlPlane({ dir: plane.dir, clock: plane.clock });
    await elsewhere.provisioning.suspendTenant(id);
    plane.clock.advance(-3_600_000);
    await expect(ownId(client)).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('refuses to commit a transaction after a suspension, and permits its rollback', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const client = await plane.router.getTenantClient(id);
    await client.execute('CREATE TABLE note (body TEXT)');
    const transaction = await client.beginTransaction();
    await client.execute('INSERT INTO note VALUES (1)', [], { transaction });
    await plane.provisioning.suspendTenant(id);
    await expect(client.commit(transaction)).rejects.toMatchObject({ code: 'tenant_suspended' });
    await client.rollback(transaction);
    await plane.provisioning.resumeTenant(id);
    expect((await client.execute('SELECT count(*) AS notes FROM note')).rows).toEqual([{ notes: 0 }]);
  });

  it('does not cache what it read before an invalidation', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const { promise: suspended, resolve: resume } = withResolvers<void>();
    const { promise: reading, resolve: startReading } = withResolvers<void>();
    const slowRegistry: ITenantRegistry = Object.create(plane.registry, {
      getTenant: {
        value: async (tenantId: string) => {
          const record = await plane.registry.getTenant(tenantId);
          startReading();
          await suspended;
          return record;
        },
      },
    });
    const router = createTenantRouter({ ...plane, registry: slowRegistry, kernel: KERNEL });
    const waiting = router.getTenantClient(id);
    await reading;
    await plane.provisioning.suspendTenant(id);
    router.invalidateCache(id);
    resume();
    await expect(waiting).rejects.toMatchObject({ code: 'tenant_suspended' });
    await expect(router.getTenantClient(id)).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('reloads the metadata after an invalidation, at the next use of the driver', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const { router, counts } = countingRouter(plane);
    const client = await router.getTenantClient(id);
    router.invalidateCache(id);
    expect(counts.refreshes).toBe(0);
    await ownId(client);
    await ownId(client);
    expect(counts).toEqual({ drivers: 1, refreshes: 1, reads: 2 });
  });

  it('caches a bounded number of drivers, and handles of evicted drivers keep working', async () => {
    const plane = await openControlPlane();
    const ids = [await activeTenant(plane), await activeTenant(plane), await activeTenant(plane)];
    const { router, counts } = countingRouter(plane, { maxClients: 2 });
    const clients = [];
    for (const id of ids) clients.push(await router.getTenantClient(id));
    const [first] = clients;
    const transaction = await first?.beginTransaction();
    expect(await Promise.all(clients.slice(1).map(ownId))).toEqual(ids.slice(1));
    if (transaction) await first?.commit(transaction);
    expect(first && (await ownId(first))).toBe(ids[0]);
    expect(counts.drivers).toBeGreaterThan(3);
  });
});

describe('drivers in use', () => {
  /** A router whose drivers record when they are disconnected. */
  function countingRouter(
    { registry, dataPlane, clock }: ControlPlane,
    { closeTimeoutMs = 60_000, maxDrivers = 1, idleMs = 1e9 } = {},
  ) {
    const disconnected: string[] = [];
    const recording: DataPlane = Object.create(dataPlane, {
      createDriver: {
        value: (connection: Parameters<DataPlane['createDriver']>[0]) => {
          const driver = dataPlane.createDriver(connection);
          const disconnect = driver.disconnect.bind(driver);
          driver.disconnect = () => {
            disconnected.push(connection.tenantId ?? '');
            return disconnect();
          };
          return driver;
        },
      },
      driverCache: { value: { maxDrivers, idleMs } },
    });
    const settings = { ttlMs: TTL_MS, closeTimeoutMs };
    const router = createTenantRouter({ registry, dataPlane: recording, kernel: KERNEL, clock, ...settings });
    return { router, disconnected };
  }

  it('disconnects an evicted driver at once if it is idle, otherwise after its transaction', async () => {
    const plane = await openControlPlane();
    const [idle, used, last] = [
      await activeTenant(plane),
      await activeTenant(plane),
      await activeTenant(plane),
    ];
    const { router, disconnected } = countingRouter(plane);
    await router.getTenantClient(idle);
    const client = await router.getTenantClient(used);
    expect(disconnected).toEqual([idle]);
    const transaction = await client.beginTransaction();
    await router.getTenantClient(last);
    expect(await client.count('_os_tenant', {}, { system: true, transaction })).toBe(1);
    expect(disconnected).not.toContain(used);
    await client.rollback(transaction);
    expect(disconnected).toContain(used);
  });

  it('disconnects a driver that was not used for as long as the data plane permits', async () => {
    const plane = await openControlPlane();
    const [idle, used] = [await activeTenant(plane), await activeTenant(plane)];
    const { router, disconnected } = countingRouter(plane, { idleMs: 3 * TTL_MS, maxDrivers: 10 });
    await router.getTenantClient(idle);
    await router.getTenantClient(used);
    plane.clock.advance(2 * TTL_MS);
    await router.getTenantClient(used);
    expect(disconnected).toEqual([]);
    plane.clock.advance(2 * TTL_MS);
    await router.getTenantClient(used);
    expect(disconnected).toEqual([idle]);
  });

  it('closes after the transactions in progress, which can continue, and refuses new work at once', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const { router } = countingRouter(plane);
    const client = await router.getTenantClient(id);
    await client.execute('CREATE TABLE note (body TEXT)');
    const transaction = await client.beginTransaction();
    let isClosed = false;
    const closing = router.close().then(() => {
      isClosed = true;
    });
    await expect(client.execute('SELECT 1')).rejects.toMatchObject({ code: 'runtime_closed' });
    await expect(router.getTenantClient(id)).rejects.toMatchObject({ code: 'runtime_closed' });
    plane.clock.advance(TTL_MS);
    await client.execute("INSERT INTO note VALUES ('a')", [], { transaction });
    expect(isClosed).toBe(false);
    await client.commit(transaction);
    await closing;
    await router.close();
    await expect(client.execute('SELECT 1')).rejects.toMatchObject({ code: 'runtime_closed' });
    const notes = await (await plane.router.getTenantClient(id)).execute('SELECT body FROM note');
    expect(notes.rows).toEqual([{ body: 'a' }]);
  });

  it('closes after the timeout although a transaction is open, which is then refused', async () => {
    const plane = await openControlPlane();
    const { router } = countingRouter(plane, { closeTimeoutMs: 0 });
    const client = await router.getTenantClient(await activeTenant(plane));
    const transaction = await client.beginTransaction();
    await router.close();
    await expect(client.commit(transaction)).rejects.toMatchObject({ code: 'runtime_closed' });
    await client.rollback(transaction);
  });
});

describe('getTenantClient on a damaged file', () => {
  const TIMEOUT_MS = 60_000;

  /** Created by a process that has ended, so that this process does not have the file open yet. */
  async function tenantOfAnotherProcess(): Promise<{ plane: ControlPlane; id: string; file: string }> {
    const plane = await openControlPlane();
    const { stdout } = await runChild('./provision-child.ts', {
      dir: plane.dir,
      request: { orgId: 'acme' },
      killAt: -1,
    });
    const id = JSON.parse(stdout).tenantId;
    return { plane, id, file: join(plane.dir, 'tenants', `t-${id}.db`) };
  }

  it('reports a missing file, also if it disappears later', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    const file = join(plane.dir, 'tenants', `t-${id}.db`);
    const client = await plane.router.getTenantClient(id);
    for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
    await expect(client.execute('SELECT 1')).rejects.toMatchObject({ code: 'database_not_found' });
    plane.router.invalidateCache(id);
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'database_not_found' });
    expect(await client.checkHealth()).toBe(false);
  });

  it('reports a file that is not a tenant database, and caches nothing', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { plane, id, file } = await tenantOfAnotherProcess();
    await writeFile(file, 'garbage '.repeat(1_000));
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'database_invalid' });
    await truncate(file);
    await expect(plane.router.getTenantClient(id)).rejects.toMatchObject({ code: 'database_invalid' });
  });

  it('reports that another process holds the file, and works once it is released', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { plane, id, file } = await tenantOfAnotherProcess();
    const impatient: DataPlane = Object.create(plane.dataPlane, {
      createDriver: { value: () => createTursoDriver({ url: pathToFileURL(file).href, busyTimeoutMs: 50 }) },
    });
    const router = createTenantRouter({ ...plane, dataPlane: impatient, kernel: KERNEL });
    const { child, outcome } = await startChild('./hold-lock-child.ts', {
      path: file,
    } satisfies HoldLockInput);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const client = await router.getTenantClient(id);
    await expect(client.execute('CREATE TABLE note (body TEXT)')).rejects.toMatchObject({
      code: 'database_busy',
      retryable: true,
    });
    child.stdin?.end();
    expect(await outcome).toMatchObject({ stdout: 'held', stderr: '' });
    await client.execute('CREATE TABLE note (body TEXT)');
    expect((await client.execute('SELECT count(*) AS notes FROM note')).rows).toEqual([{ notes: 0 }]);
  });
});
