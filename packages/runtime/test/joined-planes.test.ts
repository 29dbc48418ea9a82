import { join } from 'node:path';
import { openLocalDatabase, tursoCloud, tursoLocal } from '@objectstack/driver-turso';
import type { DataPlane, IDataDriver } from '@objectstack/spec/contracts';
import { isSampled, sampledIt, startSqld, temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createTenantRegistry,
  joinDataPlanes,
  type Runtime,
} from '../src/index.js';
import { databaseContent } from './deploy-plane.js';
import { planeOnServers } from './start-server-plane.js';
import { allRecords, SHOP } from './tenant-data-plane.js';

const VARIABLE = 'OBJECTSTACK_TEST_JOINED_TOKEN';
const PLANES = ['local', 'servers', 'cloud'] as const;
const MOVES = [...PLANES.slice(1), 'local'] as const;

async function cloudPlane(): Promise<DataPlane> {
  const emulator = await startTursoEmulator({ servedAfterMs: 20 });
  process.env[VARIABLE] = emulator.platformToken;
  onTestFinished(async () => {
    delete process.env[VARIABLE];
    await emulator.stop();
  });
  const group = { name: 'default', region: 'us-east' } as const;
  const { organizationSlug, url: apiUrl } = emulator;
  return tursoCloud({ organizationSlug, group, platformToken: { env: VARIABLE } }, { apiUrl });
}

/** Processes that share files, a libSQL server and an emulated Turso Cloud. */
async function openPlanes() {
  const dir = await temporaryFolder();
  const server = await startSqld();
  onTestFinished(() => server.stop());
  const { urlTemplate: url, adminUrl } = server;
  const [servers, cloud] = [planeOnServers(dir, [{ id: 'one', url, adminUrl }]), await cloudPlane()];
  let time = Date.now();
  const open = async () => {
    const dataPlane = joinDataPlanes([
      { name: 'cloud', dataPlane: cloud },
      { name: 'local', dataPlane: tursoLocal({ dir }), owns: (given) => given.startsWith('file:') },
      { name: 'servers', dataPlane: servers, owns: (given) => given.startsWith(url.split('{')[0] ?? url) },
    ]);
    const runtime = await createRuntime({
      dataPlane,
      registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
      bundles: createFileBundleStore(join(dir, 'bundles')),
      clock: { now: () => new Date(time) },
    });
    onTestFinished(() => runtime.close());
    return { runtime, dataPlane };
  };
  return { open, pass: (milliseconds: number) => (time += milliseconds) };
}

async function shopOf({ provisioning, deployments, router }: Runtime) {
  const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  await deployments.deploy(tenantId, SHOP);
  const driver = await router.getTenantClient(tenantId);
  await driver.create('customer', { id: 'ann', name: 'Ann', tags: ['a'], profile: { deep: [1] } });
  await driver.create('ticket', { title: 'first', customer: 'ann' });
  return { tenantId, driver };
}

/** Writes until it is stopped, and returns the ids whose writes were acknowledged. */
function startWriting(driver: IDataDriver, prefix: string) {
  const acknowledged: string[] = [];
  let isWriting = true;
  const insert = async (id: string, isTransaction: boolean) => {
    if (!isTransaction) return void (await driver.create('customer', { id, name: id }));
    const transaction = await driver.beginTransaction();
    try {
      await driver.create('customer', { id, name: id }, { transaction });
      await new Promise((resolve) => setTimeout(resolve, 15));
      await driver.commit(transaction);
    } catch (error) {
      await driver.rollback(transaction).catch(() => undefined);
      throw error;
    }
  };
  const done = (async () => {
    for (let number = 0; isWriting; number++) {
      const id = `${prefix}${number}`;
      const isWritten = await insert(id, number % 3 === 0).then(
        () => true,
        () => false,
      );
      if (isWritten) acknowledged.push(id);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  return async () => {
    isWriting = false;
    await done;
    return acknowledged;
  };
}

describe('joinDataPlanes', () => {
  /** The second one moves a tenant between all planes, too. */
  const test = sampledIt(it, 2);

  test('moves a tenant between files, servers and the cloud with everything it has', async () => {
    const { open, pass } = await openPlanes();
    const { runtime, dataPlane } = await open();
    const { tenantId, driver } = await shopOf(runtime);
    const [records, content] = [await allRecords(driver), await databaseContent(driver)];
    const urls: string[] = [];
    for (const place of MOVES) {
      const { databaseName } = await runtime.tenantData.moveTenant(tenantId, { dataPlane: place });
      expect(await allRecords(driver)).toEqual(records);
      const moved = await databaseContent(driver);
      for (const table of ['_os_deployment', '_os_object', '_os_sequence', 'customer'])
        expect(moved[table]).toEqual(content[table]);
      urls.push((await dataPlane.platform.getDatabase(databaseName))?.url.split(':')[0] ?? '');
    }
    expect(urls.at(-1)).toBe('file');
    expect(urls.slice(0, 2)).not.toContain('file');
    expect((await runtime.deployments.list(tenantId)).items).toMatchObject([{ status: 'ready' }]);
    // The cloud has earlier states, and the files have none.
    pass(60_000);
    const at = new Date(Date.now() + 30_000).toISOString();
    await expect(runtime.tenantData.restoreTenant(tenantId, { at })).rejects.toMatchObject({
      code: 'not_supported',
    });
    // Each replaced database is a backup where it was, and restoring it moves the tenant back.
    const { items } = await runtime.tenantData.listBackups(tenantId);
    expect(items).toHaveLength(3);
    await driver.create('customer', { name: 'Only in the files' });
    await runtime.tenantData.restoreTenant(tenantId, { backupId: items[1]?.id ?? '' });
    expect(await allRecords(driver)).toEqual(records);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    pass(40 * 24 * 3_600_000);
    expect(await runtime.sweep()).toMatchObject({ problems: [] });
    expect(await dataPlane.platform.listDatabases()).toHaveLength(1);
  });

  test('loses no acknowledged write of two processes in moves and a restore', async () => {
    const { open } = await openPlanes();
    const [{ runtime }, { runtime: other }] = [await open(), await open()];
    const { tenantId, driver } = await shopOf(runtime);
    const stops = [
      startWriting(driver, 'a'),
      startWriting(driver, 'b'),
      startWriting(await other.router.getTenantClient(tenantId), 'c'),
    ];
    for (const place of MOVES) {
      await runtime.tenantData.moveTenant(tenantId, { dataPlane: place });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const written = (await driver.find('customer', { fields: ['id'] })).map(({ id }) => id);
    const { tenantData, router } = runtime;
    const backup = await tenantData.backupTenant(tenantId);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { replaced } = await tenantData.restoreTenant(tenantId, { backupId: backup.id });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const acknowledged = (await Promise.all(stops.map((stop) => stop()))).flat();
    // What was written after the backup is in the database that the restore replaced.
    const before = await tenantData.cloneTenant(tenantId, { backupId: replaced.id });
    const found = new Set<unknown>();
    for (const one of [driver, await router.getTenantClient(before.tenantId)])
      for (const { id } of await one.find('customer', { fields: ['id'] })) found.add(id);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    expect(written.filter((id) => !found.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(20);
  });

  it.each(MOVES.filter((_, index) => isSampled(index, MOVES.length)))(
    'waits for a transaction that was open before the move to %s',
    async (place) => {
      const { open } = await openPlanes();
      const { runtime } = await open();
      const { tenantId, driver } = await shopOf(runtime);
      const before = MOVES[(MOVES.indexOf(place) + 2) % 3];
      if (before) await runtime.tenantData.moveTenant(tenantId, { dataPlane: before });
      const transaction = await driver.beginTransaction();
      await driver.create('customer', { id: 'open', name: 'Open' }, { transaction });
      const moving = runtime.tenantData.moveTenant(tenantId, { dataPlane: place });
      await new Promise((resolve) => setTimeout(resolve, 700));
      const isCommitted = await driver.commit(transaction).then(
        () => true,
        () => false,
      );
      await moving;
      expect(isCommitted).toBe(true);
      expect(await driver.count('customer', { where: { id: 'open' } })).toBe(1);
    },
  );

  it('refuses planes that it cannot tell apart, and unknown destinations', async () => {
    const dir = await temporaryFolder();
    const local = tursoLocal({ dir });
    onTestFinished(() => local.close());
    const first = { name: 'one', dataPlane: local };
    const owns = () => false;
    for (const planes of [
      [],
      null,
      [{ ...first, name: '' }],
      [first, { ...first, name: 'two' }],
      [first, { ...first, owns }],
      [{ name: 'one' }],
      [first, { name: 'two', owns, dataPlane: { ...local, dialect: 'postgresql' } }],
    ])
      expect(() => joinDataPlanes(planes as never)).toThrowError(
        expect.objectContaining({ code: 'configuration_invalid' }),
      );
    const runtime = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
    onTestFinished(() => runtime.close());
    const { tenantId } = await shopOf(runtime);
    for (const place of [{ dataPlane: 'mars' }, {}, { planet: 'mars' }])
      await expect(runtime.tenantData.moveTenant(tenantId, place as never)).rejects.toMatchObject({
        code: 'invalid_request',
      });
  });
});
