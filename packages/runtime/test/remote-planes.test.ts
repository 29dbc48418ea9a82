import { join } from 'node:path';
import { openLocalDatabase, tursoCloud } from '@objectstack/driver-turso';
import type { DataPlane } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, sampledIt, startSqld, temporaryFolder } from '@objectstack/testing';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createFileBundleStore,
  createRuntime,
  createTenantRegistry,
  type RuntimeOptions,
} from '../src/index.js';
import { bundleOf, objectOf } from './sample-bundles.js';
import { planeOnServers, startServerPlane } from './start-server-plane.js';
import { linesOf } from './tenant-data-plane.js';

const VARIABLE = 'OBJECTSTACK_TEST_EMULATOR_TOKEN';
const BUNDLE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });

const PLANES: readonly (readonly [string, (dir: string) => Promise<DataPlane>])[] = [
  [
    'on Turso Cloud (emulated)',
    async () => {
      const emulator = await startTursoEmulator({ servedAfterMs: IS_EXHAUSTIVE ? 500 : 20 });
      process.env[VARIABLE] = emulator.platformToken;
      onTestFinished(async () => {
        delete process.env[VARIABLE];
        await emulator.stop();
      });
      const { organizationSlug, url: apiUrl } = emulator;
      const group = { name: 'default', region: 'us-east' } as const;
      return tursoCloud({ organizationSlug, group, platformToken: { env: VARIABLE } }, { apiUrl });
    },
  ],
  ['on a libSQL server', startServerPlane],
];

async function start(
  createPlane: (dir: string) => Promise<DataPlane>,
  options: Pick<RuntimeOptions, 'templates'> = {},
) {
  const dir = await temporaryFolder();
  const dataPlane = await createPlane(dir);
  let time = Date.now();
  const runtime = await createRuntime({
    dataPlane,
    registry: createTenantRegistry(openLocalDatabase({ path: join(dir, 'control.db') })),
    bundles: createFileBundleStore(join(dir, 'bundles')),
    clock: { now: () => new Date(time) },
    ...options,
  });
  onTestFinished(() => runtime.close());
  return { runtime, dataPlane, pass: (milliseconds: number) => (time += milliseconds) };
}

describe.each(PLANES)('a runtime %s', (name, createPlane) => {
  /** Each test on one of the planes; on both if tests are exhaustive. */
  const test = sampledIt(
    it,
    PLANES.length,
    PLANES.findIndex(([other]) => other === name),
  );

  test('provisions, deploys, reads and writes', async () => {
    const { runtime, dataPlane } = await start(createPlane);
    const { tenantId, status } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    expect(status).toBe('active');
    const plan = await runtime.deployments.planDeployment(tenantId, BUNDLE);
    expect((await runtime.deployments.executeDeployment(tenantId, plan)).status).toBe('ready');
    const driver = await runtime.router.getTenantClient(tenantId);
    await driver.create('account', { name: 'first' });
    const name = (await dataPlane.platform.listDatabases())[0]?.name ?? '';
    await dataPlane.platform.revokeToken(name);
    await driver.create('account', { name: 'after revocation' });
    expect(await driver.count('account')).toBe(2);
  });

  test('exports, imports, clones, backs up, restores and moves a tenant', async () => {
    const { runtime, dataPlane, pass } = await start(createPlane);
    const { tenantData, router, provisioning } = runtime;
    const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme' });
    await runtime.deployments.deploy(tenantId, BUNDLE);
    const driver = await router.getTenantClient(tenantId);
    const { id } = await driver.create('account', { name: 'first' });
    const backup = await tenantData.backupTenant(tenantId);
    await driver.update('account', id, { name: 'changed' });
    const copies = [
      await tenantData.importTenant(await linesOf(tenantData.exportTenant(tenantId)), { orgId: 'acme' }),
      await tenantData.cloneTenant(tenantId),
    ];
    const nameOf = async (reference: string) => (await router.getTenantClient(reference)).findOne('account');
    for (const copy of copies) expect(await nameOf(copy.tenantId)).toMatchObject({ id, name: 'changed' });
    await tenantData.restoreTenant(tenantId, { backupId: backup.id });
    expect(await nameOf(tenantId)).toMatchObject({ id, name: 'first' });
    const { replaced } = await tenantData.moveTenant(tenantId, { region: 'us-east' });
    expect(await nameOf(tenantId)).toMatchObject({ id, name: 'first' });
    await driver.create('account', { name: 'after the move' });
    await provisioning.suspendTenant(tenantId);
    await tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    await provisioning.resumeTenant(tenantId);
    expect(await driver.count('account')).toBe(1);
    expect(await provisioning.inspectTenants()).toEqual([]);
    pass(31 * 24 * 3_600_000);
    const { removedCopies, problems } = await runtime.sweep();
    expect([removedCopies.length, problems]).toEqual([4, []]);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(3);
  });

  test('provisions copies of a template, which share nothing, and keeps the template', async () => {
    const seedData = [{ object: 'account', records: [{ name: 'first' }] }];
    const options = { templates: { crm: { ...BUNDLE, seedData } } };
    const { runtime, dataPlane, pass } = await start(createPlane, options);
    const provision = async () => {
      const request = { orgId: 'acme', templateName: 'crm' };
      const { tenantId, status } = await runtime.provisioning.provisionTenant(request);
      expect(status).toBe('active');
      return runtime.router.getTenantClient(tenantId);
    };
    const one = await provision();
    await one.create('account', { name: 'second' });
    const other = await provision();
    expect([await one.count('account'), await other.count('account')]).toEqual([2, 1]);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(3);
    pass(48 * 3_600_000);
    expect((await runtime.sweep()).problems).toEqual([]);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(3);
  });

  test('blocks the database of a destroyed tenant, and deletes it only after the grace period', async () => {
    const { runtime, dataPlane, pass } = await start(createPlane);
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const name = (await dataPlane.platform.listDatabases())[0]?.name ?? '';
    await runtime.provisioning.destroyTenant(tenantId);
    await runtime.provisioning.destroyTenant(tenantId);
    expect(await dataPlane.platform.getDatabase(name)).toMatchObject({ blockReads: true, blockWrites: true });
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    pass(73 * 3_600_000);
    await runtime.sweep();
    expect(await dataPlane.platform.getDatabase(name)).toBeNull();
  });
});

describe('a runtime on several libSQL servers', () => {
  it('distributes copies of a template, with a template on each server', async () => {
    const servers = await Promise.all([startSqld(), startSqld()]);
    onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));
    const entries = servers.map(({ urlTemplate: url, adminUrl }, index) => ({
      id: `s${index}`,
      url,
      adminUrl,
    }));
    const { runtime, dataPlane } = await start(async (dir) => planeOnServers(dir, () => entries), {
      templates: { crm: BUNDLE },
    });
    const provision = () => runtime.provisioning.provisionTenant({ orgId: 'acme', templateName: 'crm' });
    const hosts = async () => {
      const tenants = await runtime.tenants.list({ organizationId: 'acme' });
      return tenants.items.map(({ connectionConfig }) => new URL(connectionConfig?.url ?? '').port).sort();
    };
    for (let index = 0; index < 4; index++) expect((await provision()).status).toBe('active');
    const ports = entries.map(({ url }) => new URL(url).port).sort();
    expect(await hosts()).toEqual([ports[0], ports[0], ports[1], ports[1]]);
    expect(await dataPlane.platform.listDatabases()).toHaveLength(6);
    expect((await runtime.sweep()).removedTemplates).toEqual([]);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
  });

  it('records the region of the database that a tenant is restored from', async () => {
    const regions = ['us-east', 'eu-west'] as const;
    const servers = await Promise.all(
      regions.map(async (region) => {
        const { urlTemplate: url, adminUrl, stop } = await startSqld();
        onTestFinished(() => stop());
        return { id: region, url, adminUrl, region };
      }),
    );
    const { runtime } = await start(async (dir) => planeOnServers(dir, servers));
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme', region: 'us-east' });
    const region = async () => (await runtime.tenants.get(tenantId)).tenant.region;
    const { replaced } = await runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' });
    expect(await region()).toBe('eu-west');
    await runtime.tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await region()).toBe('us-east');
  });
});
