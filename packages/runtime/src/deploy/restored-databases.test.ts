import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const name = { type: 'text', unique: true } as const;
const item = (fields: object) => objectOf('item', { name, ...fields });
const seed = (size: number) => [{ object: 'item', records: [{ name: 'seeded', size }] }];
const V1 = bundleOf({ objects: [item({})] });
const V2 = bundleOf({ objects: [item({ size: { type: 'number' } })], seedData: seed(2) }, '2.0.0');
const V3 = bundleOf(
  { objects: [item({ size: { type: 'number' }, note: { type: 'text' } })], seedData: seed(3) },
  '3.0.0',
);

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Copies a closed database, and returns a function that restores the copy. */
async function backUp({ dir, dataPlane }: Tenant, file: string): Promise<() => Promise<void>> {
  const path = join(dir, file);
  const backup = `${path}.backup-${performance.now()}`;
  await dataPlane.close();
  // In one turn: a write-ahead log is removed once the garbage collector has released the closed connection.
  const suffixes = ['', '-wal'].filter((suffix) => existsSync(path + suffix));
  for (const suffix of suffixes) copyFileSync(path + suffix, backup + suffix);
  return async () => {
    await dataPlane.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    for (const suffix of suffixes) copyFileSync(backup + suffix, path + suffix);
  };
}

const backUpTenant = (tenant: Tenant) => backUp(tenant, `tenants/t-${tenant.tenantId}.db`);
const backUpRegistry = (tenant: Tenant) => backUp(tenant, 'control.db');

const told = ({ bundleVersion, rollbackOf, status, result }: DeploymentRecord) =>
  `${bundleVersion}${rollbackOf ? ' rollback' : ''} ${status}` +
  (result?.status === 'failed' ? ` ${result.error.code} ${result.outcome}` : '');

const reported = async ({ deployments, tenantId }: Tenant) =>
  (await deployments.list(tenantId)).items.map(told).sort();
const stored = async ({ registry, tenantId }: Tenant) =>
  (await registry.listDeployments(tenantId)).map(told).sort();

describe("a tenant's database that was restored from an older backup than the registry", () => {
  it('reports deployments that it lacks as failed, and the registry keeps its records', async () => {
    const tenant = await openTenant();
    const { tenantId, deployments, provisioning } = tenant;
    await deploy(tenant, V1);
    const restore = await backUpTenant(tenant);
    const { deploymentId } = await deploy(tenant, V2);
    const backToNew = await backUpTenant(tenant);
    const before = await deployments.get(tenantId, deploymentId);
    await restore();
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '2.0.0 failed deployment_not_found not_applied']);
    expect(await deployments.get(tenantId, deploymentId)).toMatchObject({
      result: { statementsExecuted: 0, seeds: [], error: { retryable: false } },
    });
    expect(await deployments.sweep()).toEqual({ settled: [], problems: [] });
    expect(await stored(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready']);
    expect(await provisioning.inspectTenants()).toEqual([
      {
        kind: 'deployment_missing',
        databaseName: `t-${tenantId}`,
        tenantId,
        deploymentIds: [deploymentId],
      },
    ]);
    await expect(deployments.rollbackDeployment(tenantId, deploymentId)).rejects.toMatchObject({
      code: 'deployment_not_found',
      message: expect.stringContaining('older than the deployment'),
    });
    await backToNew();
    expect(await deployments.get(tenantId, deploymentId)).toEqual(before);
    expect(await provisioning.inspectTenants()).toEqual([]);
  });

  it('accepts the same plan again as the same deployment', async () => {
    const tenant = await openTenant();
    const { tenantId, deployments } = tenant;
    await deploy(tenant, V1);
    const restore = await backUpTenant(tenant);
    const plan = await planFor(tenant, tenantId, V2);
    const first = await deployments.executeDeployment(tenantId, plan);
    await restore();
    const again = await deployments.executeDeployment(tenantId, plan);
    expect(again).toMatchObject({ status: 'ready', outcome: 'applied', deploymentId: first.deploymentId });
    expect(again.seeds).toMatchObject([{ inserted: 1 }]);
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready']);
    await deployments.rollbackDeployment(tenantId, first.deploymentId);
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready']);
  });

  it('reports a deployment as in effect if it lacks its rollback', async () => {
    const tenant = await openTenant();
    const { tenantId, deployments } = tenant;
    await deploy(tenant, V1);
    const { deploymentId } = await deploy(tenant, V2);
    const restore = await backUpTenant(tenant);
    await deployments.rollbackDeployment(tenantId, deploymentId);
    expect((await deployments.get(tenantId, deploymentId)).supersededBy).toBeDefined();
    await restore();
    expect(await reported(tenant)).toEqual([
      '1.0.0 ready',
      '1.0.0 rollback failed deployment_not_found not_applied',
      '2.0.0 ready',
    ]);
    const record = await deployments.get(tenantId, deploymentId);
    expect(record.supersededBy).toBeUndefined();
    await deployments.rollbackDeployment(tenantId, deploymentId);
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready']);
  });

  it('settles a deployment that was writing its seeds as missing', async () => {
    const tenant = await openTenant();
    const { tenantId, registry, deployments, clock } = tenant;
    await deploy(tenant, V1);
    const restore = await backUpTenant(tenant);
    const { deploymentId } = await deploy(tenant, V2);
    const found = await registry.getDeployment(tenantId, deploymentId);
    const { result: _, revision = null, ...record } = found ?? {};
    const left = { ...record, status: 'registering' } as DeploymentRecord;
    await registry.saveDeployment(left, { take: 'dead', revision });
    await restore();
    clock.advance(16 * 60_000);
    expect(await deployments.sweep()).toEqual({ settled: [deploymentId], problems: [] });
    expect(await stored(tenant)).toEqual(['1.0.0 ready', '2.0.0 failed deployment_not_found not_applied']);
  });
});

describe("a registry that was restored from an older backup than a tenant's database", () => {
  it('adds missing records from the history, once', async () => {
    const tenant = await openTenant();
    const { tenantId, deployments, provisioning } = tenant;
    await deploy(tenant, V1);
    const restore = await backUpRegistry(tenant);
    const second = await deploy(tenant, V2);
    await deployments.rollbackDeployment(tenantId, second.deploymentId);
    const third = await deploy(tenant, V3);
    await restore();
    const deploymentIds = [second.deploymentId, expect.any(String), third.deploymentId];
    const databaseName = `t-${tenantId}`;
    expect(await provisioning.inspectTenants()).toEqual([
      { kind: 'deployment_unknown', databaseName, tenantId, deploymentIds },
    ]);
    const all = ['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready', '3.0.0 ready'];
    expect(await reported(tenant)).toEqual(all);
    expect(await stored(tenant)).toEqual(all);
    expect(await provisioning.inspectTenants()).toEqual([]);
    const [latest] = (await deployments.list(tenantId)).items;
    expect(latest).toMatchObject({
      id: third.deploymentId,
      bundleChecksum: third.bundleChecksum,
      result: { outcome: 'already_applied', seeds: [{ outcome: 'written', inserted: 0, updated: 1 }] },
    });
    const undone = await deployments.get(tenantId, second.deploymentId);
    expect(undone.supersededBy).toBe(
      (await deployments.list(tenantId)).items.find(({ rollbackOf }) => rollbackOf)?.id,
    );
    await deployments.rollbackDeployment(tenantId, third.deploymentId);
    expect(await tenant.driver.find('item', { fields: ['name'] })).toMatchObject([{ name: 'seeded' }]);
  });

  it('reports a deployment without all its seeds as interrupted, and it can be completed', async () => {
    const tenant = await openTenant();
    await deploy(tenant, V1);
    const restore = await backUpRegistry(tenant);
    const { deploymentId } = await deploy(tenant, V2);
    await tenant.driver.deleteMany('_os_seed', { where: {} }, { system: true });
    await restore();
    expect(await reported(tenant)).toEqual([
      '1.0.0 ready',
      '2.0.0 failed deployment_interrupted already_applied',
    ]);
    expect(await deploy(tenant, V2)).toMatchObject({ status: 'ready', outcome: 'unchanged', deploymentId });
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready']);
  });

  it('reports a deployment as ready if its bundle is lost too', async () => {
    const tenant = await openTenant();
    await deploy(tenant, V1);
    const restore = await backUpRegistry(tenant);
    await deploy(tenant, V2);
    await restore();
    await rm(join(tenant.dir, 'bundles'), { recursive: true });
    expect(await reported(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready']);
  });
});

describe('a deployment that another process completes while the deployments are listed', () => {
  it('is reported as that process recorded it', async () => {
    const tenant = await openTenant();
    const { tenantId } = tenant;
    await deploy(tenant, V1);
    let isDue = true;
    const before = async (call: string) => {
      if (call !== 'schemaDiff.readHistory' || !isDue) return;
      isDue = false;
      await deploy(tenant, V2);
    };
    const parts = faultyParts({ ...tenant, environment: 'prod' }, { before, after: () => {} });
    const { items: records } = await createDeployPipeline(parts).list(tenantId);
    expect(records.map(told).sort()).toEqual(['1.0.0 ready', '2.0.0 ready']);
    expect(records.map(({ result }) => result?.outcome)).toEqual(['applied', 'applied']);
  });
});

describe('a rollback of a deployment that the registry knows only from the history', () => {
  const replacing = (version: string, names: readonly string[]) =>
    bundleOf(
      {
        objects: [item({})],
        seedData: [{ object: 'item', mode: 'replace', records: names.map((value) => ({ name: value })) }],
      },
      version,
    );

  it.each([
    ['the latest', false],
    ['an earlier', true],
  ])('is refused for %s one once the records that its seeds removed are purged', async (_, includeLater) => {
    const tenant = await openTenant();
    const { tenantId, deployments, dataPlane, router } = tenant;
    await deploy(tenant, replacing('1.0.0', ['first']));
    await tenant.driver.create('item', { name: 'own' });
    const restore = await backUpRegistry(tenant);
    const { deploymentId } = await deploy(tenant, replacing('2.0.0', ['second']), {
      allow: ['replace_records:item'],
    });
    if (includeLater) await deploy(tenant, V3);
    await restore();
    const driver = await router.getTenantClient(tenantId);
    await dataPlane.schemaDiff.purgeRetained(driver, new Date(Date.now() + 8 * 86_400_000));
    const history = await dataPlane.schemaDiff.readHistory(driver);
    expect(history.find(({ id }) => id === deploymentId)).toMatchObject({ isRetained: false });
    const records = await driver.find('item');
    await expect(
      deployments.rollbackDeployment(tenantId, deploymentId, { includeLater }),
    ).rejects.toMatchObject({
      code: 'undo_expired',
      details: { deploymentId, ...(includeLater ? { expired: [deploymentId] } : { objects: ['item'] }) },
    });
    expect(await driver.find('item')).toEqual(records);
    expect(await dataPlane.schemaDiff.readHistory(driver)).toEqual(history);
  });

  it('restores the records before they are purged', async () => {
    const tenant = await openTenant();
    const { tenantId, deployments, dataPlane, router } = tenant;
    await deploy(tenant, replacing('1.0.0', ['first']));
    const restore = await backUpRegistry(tenant);
    const { deploymentId } = await deploy(tenant, replacing('2.0.0', ['second']), {
      allow: ['replace_records:item'],
    });
    await restore();
    const driver = await router.getTenantClient(tenantId);
    await dataPlane.schemaDiff.purgeRetained(driver, new Date(Date.now() + 6 * 86_400_000));
    await deployments.rollbackDeployment(tenantId, deploymentId);
    expect((await driver.find('item', { where: { name: 'first' } })).length).toBe(1);
  });
});
