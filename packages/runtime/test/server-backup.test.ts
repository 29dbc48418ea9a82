import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createServerDatabaseStore,
  createTursoDriver,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
} from '@objectstack/driver-turso';
import { sampledIt, sharedSwift, startSqld, temporaryFolder, whyNoSwift } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { AwsClient } from 'aws4fetch';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const NOTES = bundleOf({ objects: [objectOf('note', { title: { type: 'text' } })] });
/** Of Turso Cloud, and some time for the provisioning. */
const CLOUD_GAP_MS = 60_000;
/** Of servers that back up every second. */
const GAP_MS = 6_000;
const BACKED_UP_WITHIN_MS = 60_000;

const reason = whyNoSwift();
if (reason) console.info(`skipped: the backup of a libSQL server to S3: ${reason}`);

/** A bucket of a real S3 server. */
async function createBucket(start: string) {
  const swift = await sharedSwift();
  const { endpoint, access } = swift;
  const { region, accessKeyId, secretAccessKey } = access;
  const client = new AwsClient({ region, accessKeyId, secretAccessKey, service: 's3', retries: 3 });
  const bucket = await swift.createBucket(start);
  const url = `${endpoint}/${bucket}`;
  const keysOf = async (database: string) => {
    const answer = await client.fetch(
      `${url}?list-type=2&prefix=${encodeURIComponent(`ns-s1:${database}-`)}`,
    );
    return [...(await answer.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
  };
  return { backup: { endpoint, bucket, access, serverName: 's1' }, keysOf };
}

/** A runtime on a libSQL server that copies its databases to the bucket. */
async function openBackedUp(start: string) {
  const { backup, keysOf } = await createBucket(start);
  const server = await startSqld({ backup });
  onTestFinished(() => server.stop());
  const dir = await temporaryFolder();
  const dataPlane = libsqlServer({
    url: server.urlTemplate,
    adminUrl: server.adminUrl,
    backupIntervalSeconds: 1,
    store: createServerDatabaseStore(openLocalDatabase({ path: join(dir, 'servers.db') })),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
  });
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
    templates: { notes: NOTES },
  });
  onTestFinished(() => os.close());
  const provision = async () => {
    const request = { orgId: 'acme', plan: 'enterprise', templateName: 'notes' } as const;
    const { tenantId, status } = await os.provisioning.provisionTenant(request);
    expect(status).toBe('active');
    return { tenantId, databaseName: (await os.tenants.get(tenantId)).databaseName };
  };
  return { os, dataPlane, server, keysOf, provision };
}

/** A tenant on Turso Cloud, emulated by a server that copies its databases to the bucket. */
async function openCloud(start: string) {
  const { backup } = await createBucket(start);
  const { endpoint, bucket, access, serverName } = backup;
  const emulator = await startTursoEmulator({
    backup: { endpoint, bucket, ...access, serverName, intervalSeconds: 1 },
  });
  onTestFinished(() => emulator.stop());
  const { organizationSlug, url: apiUrl, platformToken } = emulator;
  const group = { name: 'default', region: 'us-east' } as const;
  const dataPlane = tursoCloud(
    { organizationSlug, group, platformToken: { secret: 'token' } },
    { apiUrl, resolveSecret: () => platformToken },
  );
  const dir = await temporaryFolder();
  let offsetMs = -CLOUD_GAP_MS;
  const os = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
    templates: { notes: NOTES },
    clock: { now: () => new Date(Date.now() + offsetMs) },
  });
  onTestFinished(() => os.close());
  const request = { orgId: 'acme', plan: 'enterprise', templateName: 'notes' } as const;
  const { tenantId } = await os.provisioning.provisionTenant(request);
  // The tenant exists for longer than the gap from now on.
  offsetMs = 0;
  return { os, dataPlane, tenantId };
}

/** Resolves when the number of keys of the database satisfies a condition. */
async function until(keysOf: () => Promise<readonly string[]>, isReached: (count: number) => boolean) {
  const deadline = performance.now() + BACKED_UP_WITHIN_MS;
  for (;;) {
    const { length } = await keysOf();
    if (isReached(length)) return length;
    if (performance.now() > deadline) throw new Error(`The backup still has ${length} keys.`);
    await delay(100);
  }
}

describe.skipIf(reason !== undefined)('a libSQL server that backs up to S3', () => {
  /** The loss of a disk; points in time and deletions, too, if tests are exhaustive. */
  const test = sampledIt(it, 4, 3);

  test('continues after the loss of its disk with every tenant, its key and its blocks', async () => {
    const { os, dataPlane, server, keysOf, provision } = await openBackedUp('lost');
    const [used, suspended] = [await provision(), await provision()];
    const urlOf = async (id: string) => (await os.tenants.get(id)).tenant.connectionConfig?.url ?? '';
    const notes = async () => {
      const driver = await os.router.getTenantClient(used.tenantId);
      return { create: (title: string) => driver.create('note', { title }), all: () => driver.find('note') };
    };
    await (await notes()).create('before');
    await os.provisioning.suspendTenant(suspended.tenantId);
    const keys = () => keysOf(used.databaseName);
    await until(
      () => keysOf(suspended.databaseName),
      (count) => count > 1,
    );
    const before = await until(keys, (count) => count > 1);
    await (await notes()).create('last');
    await until(keys, (count) => count > before);
    // The list of databases is copied once a second.
    await delay(2_500);

    await server.kill();
    await server.loseData();
    await server.restart();

    const titles = (await (await notes()).all()).map(({ title }) => title).sort();
    expect(titles).toEqual(['before', 'last']);
    expect((await os.deployments.list(used.tenantId)).items).toMatchObject([{ status: 'ready' }]);
    const connection = { url: await urlOf(suspended.tenantId), ...suspended };
    const blocked = dataPlane.createDriver(connection);
    onTestFinished(() => blocked.disconnect());
    await expect(blocked.connect()).rejects.toMatchObject({ code: 'database_blocked' });
    await os.provisioning.resumeTenant(suspended.tenantId);
    expect(await (await os.router.getTenantClient(suspended.tenantId)).count('note')).toBe(0);
    await (await notes()).create('after');
    expect((await provision()).tenantId).not.toBe(used.tenantId);
    expect(await os.provisioning.inspectTenants()).toEqual([]);
  });

  test('restores a tenant to a point in time, and to what it replaced', async () => {
    const { os, dataPlane, provision } = await openBackedUp('restored');
    const { tenantId, databaseName } = await provision();
    const titles = async () => {
      const notes = await (await os.router.getTenantClient(tenantId)).find('note');
      return notes.map(({ title }) => title).sort();
    };
    const create = async (title: string) =>
      (await os.router.getTenantClient(tenantId)).create('note', { title });
    await create('before');
    const tooEarly = new Date().toISOString();
    await expect(os.tenantData.restoreTenant(tenantId, { at: tooEarly })).rejects.toMatchObject({
      code: 'point_in_time_unavailable',
    });
    await delay(GAP_MS);
    const at = new Date().toISOString();
    await create('after');
    const { replaced } = await os.tenantData.restoreTenant(tenantId, { at });
    expect(await titles()).toEqual(['before']);
    await create('restored');
    expect(await os.provisioning.inspectTenants()).toEqual([]);
    await os.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await titles()).toEqual(['after', 'before']);
    const early = { type: 'database', name: databaseName, timestamp: '2020-01-01T00:00:00Z' } as const;
    await expect(dataPlane.platform.createDatabase({ name: 'early', seed: early })).rejects.toMatchObject({
      code: 'point_in_time_unavailable',
    });
    expect(await dataPlane.platform.getDatabase('early')).toBeNull();
  });

  test('restores a tenant of Turso Cloud to a point in time, with new tokens', async () => {
    const { os, dataPlane, tenantId } = await openCloud('cloud');
    const driver = await os.router.getTenantClient(tenantId);
    await driver.create('note', { title: 'before' });
    const { databaseName: previous } = await os.tenants.get(tenantId);
    const { jwt } = await dataPlane.platform.createToken(previous, 'full-access', 600);
    await delay(GAP_MS);
    const at = new Date().toISOString();
    await driver.create('note', { title: 'after' });
    const { databaseName, replaced } = await os.tenantData.restoreTenant(tenantId, { at });
    expect((await driver.find('note')).map(({ title }) => title)).toEqual(['before']);
    await driver.create('note', { title: 'restored' });
    const url = (await os.tenants.get(tenantId)).tenant.connectionConfig?.url ?? '';
    const outdated = createTursoDriver({ url, maxRetries: 0 }, { authToken: jwt });
    onTestFinished(() => outdated.disconnect());
    await expect(outdated.connect()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(await dataPlane.platform.getDatabase(previous)).toMatchObject({ blockReads: true });
    expect((await dataPlane.platform.listDatabases()).map(({ name }) => name)).toContain(databaseName);
    await os.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await driver.count('note')).toBe(2);
    const lost = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await expect(os.tenantData.restoreTenant(tenantId, { at: lost })).rejects.toMatchObject({
      code: 'point_in_time_unavailable',
    });
    expect(await os.provisioning.inspectTenants()).toEqual([]);
  });

  test('deletes the backup of a database with it', async () => {
    const { dataPlane, keysOf, provision } = await openBackedUp('deleted');
    const [deleted, kept] = [await provision(), await provision()];
    for (const { databaseName } of [deleted, kept])
      await until(
        () => keysOf(databaseName),
        (count) => count > 1,
      );
    await dataPlane.platform.deleteDatabase(deleted.databaseName);
    await until(
      () => keysOf(deleted.databaseName),
      (count) => count === 0,
    );
    expect((await keysOf(kept.databaseName)).length).toBeGreaterThan(1);
  });
});
