import { open } from 'node:fs/promises';
import { tursoLocal } from '@objectstack/driver-turso';
import type { CreateDatabaseRequest, EmbeddedDataPlane } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import {
  allRecords,
  databaseNames,
  openShop,
  openTenantDataPlane,
  SHOP,
} from '../../test/tenant-data-plane.js';
import { fileOf, GAP_MS, withEarlierStates, withPlatform } from '../../test/with-earlier-states.js';
import { createRuntime } from '../create-runtime.js';

const HOUR_MS = 3_600_000;

type Change = (
  create: () => Promise<{ readonly name: string; readonly url: string }>,
  request: CreateDatabaseRequest,
  plane: { readonly files: EmbeddedDataPlane; readonly dir: string },
) => Promise<unknown>;

/** A tenant on a data plane that keeps earlier states, optionally with another way to create them. */
async function openRestorable(change: Change = (create) => create()) {
  const clock = new ManualClock();
  const dir = await temporaryFolder();
  const files = tursoLocal({ dir });
  const { dataPlane: plane, keep } = withEarlierStates(files, { dir, clock });
  const platform = Object.create(plane.platform, {
    createDatabase: {
      value: (request: CreateDatabaseRequest) =>
        request.seed?.timestamp === undefined
          ? plane.platform.createDatabase(request)
          : change(() => plane.platform.createDatabase(request), request, { files, dir }),
    },
  });
  const dataPlane = withPlatform(plane, platform);
  const runtime = await createRuntime({ dataPlane, clock });
  onTestFinished(() => runtime.close());
  const shop = await openShop({ runtime });
  const instant = () => clock.now().toISOString();
  /** Keeps the present state, and returns its time. */
  const kept = async () => {
    clock.advance(HOUR_MS);
    await keep();
    clock.advance(HOUR_MS);
    return instant();
  };
  return { ...shop, runtime, dataPlane, clock, instant, kept };
}

type Restorable = Awaited<ReturnType<typeof openRestorable>>;

/** The restore rejects, and the tenant has what it had. */
async function expectRefused(
  { runtime, tenantId, driver, dataPlane }: Restorable,
  at: string,
  error: object,
) {
  const [before, names] = [await allRecords(driver), await databaseNames({ dataPlane })];
  await expect(runtime.tenantData.restoreTenant(tenantId, { at })).rejects.toMatchObject(error);
  expect(await allRecords(driver)).toEqual(before);
  expect(await databaseNames({ dataPlane })).toEqual(names);
  expect((await runtime.tenantData.listBackups(tenantId)).items.length).toBe(names.length - 1);
  await driver.create('customer', { name: 'Written' });
}

describe('restoreTenant to a point in time', () => {
  it('restores the state of that time, and retains what it replaced', async () => {
    const { runtime, dataPlane, tenantId, driver, kept, clock } = await openRestorable();
    const before = await allRecords(driver);
    const at = await kept();
    await driver.deleteMany('ticket', { where: { title: { $ne: '' } } });
    await driver.create('customer', { id: 'late', name: 'Late' });
    const after = await allRecords(driver);
    clock.advance(HOUR_MS);
    const { databaseName, replaced } = await runtime.tenantData.restoreTenant(tenantId, { at });
    expect(await allRecords(driver)).toEqual(before);
    expect(await databaseNames({ dataPlane })).toEqual([databaseName, `t-${tenantId}`].toSorted());
    await driver.create('customer', { name: 'New' });
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    await runtime.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await allRecords(driver)).toEqual(after);
  });

  it('restores a state whose bundle was deployed once more after an earlier restore', async () => {
    const { runtime, tenantId, driver, kept, clock } = await openRestorable();
    // The history of a database has the times of the system.
    clock.advance(10 * 365 * 24 * HOUR_MS);
    const version2 = { ...SHOP, manifest: { version: '2.0.0' } };
    const first = await kept();
    await runtime.deployments.deploy(tenantId, version2);
    await driver.create('customer', { id: 'second', name: 'Second' });
    const second = await kept();
    const records = await allRecords(driver);
    await runtime.tenantData.restoreTenant(tenantId, { at: first });
    clock.advance(HOUR_MS);
    await runtime.deployments.deploy(tenantId, version2);
    await runtime.tenantData.restoreTenant(tenantId, { at: second });
    expect(await allRecords(driver)).toEqual(records);
  });

  it('restores the database that the tenant had at that time', async () => {
    const { runtime, tenantId, driver, kept, clock } = await openRestorable();
    const first = await kept();
    await driver.create('customer', { id: 'second', name: 'Second' });
    const second = await kept();
    const records = await allRecords(driver);
    await runtime.tenantData.restoreTenant(tenantId, { at: first });
    await driver.create('customer', { id: 'third', name: 'Third' });
    const third = await kept();
    await runtime.tenantData.restoreTenant(tenantId, { at: second });
    expect(await allRecords(driver)).toEqual(records);
    clock.advance(HOUR_MS);
    await runtime.tenantData.restoreTenant(tenantId, { at: third });
    const ids = (await driver.find('customer', { fields: ['id'] })).map(({ id }) => id);
    expect([ids.includes('second'), ids.includes('third')]).toEqual([false, true]);
  });

  it('follows the history of the deployments of that time', async () => {
    const { runtime, tenantId, kept, clock } = await openRestorable();
    const at = await kept();
    const { deploymentId } = await runtime.deployments.deploy(
      tenantId,
      { ...SHOP, manifest: { version: '2.0.0' }, objects: SHOP.objects?.slice(0, 1), seedData: [] },
      { allow: ['remove_object:ticket'] },
    );
    clock.advance(HOUR_MS);
    await runtime.tenantData.restoreTenant(tenantId, { at });
    const { items } = await runtime.deployments.list(tenantId);
    expect(items.map(({ id, status }) => [id === deploymentId, status])).toEqual([
      [true, 'failed'],
      [false, 'ready'],
    ]);
    expect(await (await runtime.router.getTenantClient(tenantId)).count('ticket')).toBe(1);
  });

  it('restores a suspended tenant without giving access to it', async () => {
    const { runtime, dataPlane, tenantId, kept } = await openRestorable();
    const at = await kept();
    await runtime.provisioning.suspendTenant(tenantId);
    const { databaseName } = await runtime.tenantData.restoreTenant(tenantId, { at });
    expect(await dataPlane.platform.getDatabase(databaseName)).toMatchObject({ blockReads: true });
    await runtime.provisioning.resumeTenant(tenantId);
    expect(await (await runtime.router.getTenantClient(tenantId)).count('ticket')).toBe(1);
  });

  it('loses no write that was acknowledged while it was in progress', async () => {
    const { runtime, tenantId, driver, kept } = await openRestorable();
    const at = await kept();
    const acknowledged: string[] = [];
    let isRestoring = true;
    const writer = (async () => {
      for (let number = 0; isRestoring; number++) {
        const id = `w${number}`;
        const written = driver.create('customer', { id, name: id });
        await written.then(() => acknowledged.push(id)).catch(() => undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { replaced } = await runtime.tenantData.restoreTenant(tenantId, { at });
    isRestoring = false;
    await writer;
    const idsNow = async () => (await driver.find('customer', { fields: ['id'] })).map(({ id }) => id);
    const found = await idsNow();
    await runtime.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    const all = new Set([...found, ...(await idsNow())]);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !all.has(id))).toEqual([]);
  });
});

describe('a point in time that cannot be restored', () => {
  it('is in the future, before the tenant, or within the gap after its creation', async () => {
    const shop = await openRestorable();
    const { clock, instant } = shop;
    const code = 'point_in_time_unavailable';
    const created = clock.now().getTime();
    const earliestAt = new Date(created + GAP_MS).toISOString();
    clock.advance(HOUR_MS);
    const at = (time: number) => new Date(time).toISOString();
    await expectRefused(shop, at(created + 2 * HOUR_MS), { code, details: { latestAt: instant() } });
    await expectRefused(shop, at(created - 1), { code, details: { earliestAt } });
    await expectRefused(shop, at(created + GAP_MS - 1), { code, details: { earliestAt } });
    // The platform has no state: nothing was kept.
    await expectRefused(shop, at(created + GAP_MS), { code });
    await expectRefused(shop, '2026-01-01', { code: 'invalid_request' });
  });

  it('is that of a replaced database that was deleted', async () => {
    const shop = await openRestorable();
    const { runtime, tenantId, clock, kept, instant } = shop;
    const at = await kept();
    const { replaced } = await runtime.tenantData.restoreTenant(tenantId, { at });
    const earliestAt = new Date(Date.parse(instant()) + GAP_MS).toISOString();
    clock.advance(HOUR_MS);
    await runtime.tenantData.deleteBackup(tenantId, replaced.id);
    await expectRefused(shop, at, { code: 'point_in_time_unavailable', details: { earliestAt } });
  });

  it('is any on a data plane without earlier states, which names the alternative', async () => {
    const { runtime, clock, dataPlane } = await openTenantDataPlane();
    const { tenantId } = await openShop({ runtime });
    clock.advance(HOUR_MS);
    const at = clock.now().toISOString();
    await expect(runtime.tenantData.restoreTenant(tenantId, { at })).rejects.toMatchObject({
      code: 'not_supported',
      message: expect.stringContaining('backupTenant'),
      details: { feature: 'point_in_time' },
    });
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
  });
});

describe('a restored database that is not what it should be', () => {
  it('is corrupt', async () => {
    const shop = await openRestorable(async (create, _request, { dir }) => {
      const info = await create();
      const file = await open(fileOf(dir, info.name), 'r+');
      const { size } = await file.stat();
      // The last page: an index or a table, not the schema.
      await file.write(Buffer.alloc(512, 0xff), 0, 512, size - 4_096);
      await file.close();
      return info;
    });
    await expectRefused(shop, await shop.kept(), { code: 'database_invalid' });
  });

  it('is of another tenant', async () => {
    const shop = await openRestorable(async (create, _request, { files: { platform, claimDatabase } }) => {
      const { name } = await create();
      await platform.deleteDatabase(name);
      await platform.purgeDatabase(name);
      const info = await platform.createDatabase({ name });
      await claimDatabase({ url: info.url, databaseName: name }, 'other');
      return info;
    });
    await expectRefused(shop, await shop.kept(), { code: 'database_invalid' });
  });

  it('has a later state, because the platform ignored the time', async () => {
    const shop = await openRestorable((_create, { name, seed }, { files: { platform } }) =>
      platform.createDatabase({ name, seed: { type: 'database', name: seed?.name ?? '' } }),
    );
    const at = await shop.kept();
    shop.clock.advance(HOUR_MS);
    await shop.runtime.deployments.deploy(shop.tenantId, { ...SHOP, manifest: { version: '2.0.0' } });
    await expectRefused(shop, at, { code: 'platform_refused', details: { reason: 'later_state' } });
  });

  it('lacks a column that its history says is deployed', async () => {
    const shop = await openRestorable();
    await shop.driver.execute('ALTER TABLE customer DROP COLUMN score');
    const at = await shop.kept();
    await shop.driver.execute('ALTER TABLE customer ADD COLUMN score REAL');
    const drift = [{ code: 'DR702', kind: 'column', name: 'score' }];
    await expectRefused(shop, at, { code: 'schema_mismatch', details: { drift } });
  });
});
