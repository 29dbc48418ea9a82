import type { IBundleStore } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { ManualClock } from '../../test/manual-clock.js';
import { bundleOf, CRM_1, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const MINUTE_MS = 60_000;
const LEASE = 'lease-of-a-dead-process';
const EMPTY = bundleOf({ objects: [objectOf('item', {})] }, '2.0.0');

/** A tenant with one deployment whose record is in the state that its process left when it died. */
async function abandoned(change: Partial<DeploymentRecord>, bundle = CRM_1) {
  const clock = new ManualClock();
  const tenant = await openTenant({ clock });
  const { deploymentId } = await deploy(tenant, bundle);
  const found = await tenant.registry.getDeployment(tenant.tenantId, deploymentId);
  const { result: _, revision = null, ...record } = found ?? {};
  const left = { ...record, status: 'registering', ...change } as DeploymentRecord;
  const guard = { take: LEASE, revision: change.id ? null : revision };
  expect((await tenant.registry.saveDeployment(left, guard)).changed).toBe(true);
  return { clock, tenant, id: change.id ?? deploymentId };
}

const statusOf = ({ status, result }: DeploymentRecord) => ({
  status,
  outcome: result?.outcome,
  code: result?.status === 'failed' ? result.error.code : undefined,
});

describe('getDeployment', () => {
  it('does not change a deployment whose process may still run', async () => {
    const { clock, tenant, id } = await abandoned({});
    clock.advance(14 * MINUTE_MS);
    const record = await tenant.deployments.get(tenant.tenantId, id);
    expect(await tenant.registry.getDeployment(tenant.tenantId, id)).toMatchObject(record);
    expect(record.status).toBe('registering');
  });

  it('settles a deployment in the history with all its seeds as ready', async () => {
    const { clock, tenant, id } = await abandoned({});
    clock.advance(16 * MINUTE_MS);
    const record = await tenant.deployments.get(tenant.tenantId, id);
    expect(statusOf(record)).toEqual({ status: 'ready', outcome: 'already_applied', code: undefined });
    expect(record.result?.seeds).toMatchObject([{ inserted: 2 }, { inserted: 2 }]);
    expect(await tenant.registry.getDeployment(tenant.tenantId, id)).toMatchObject(record);
  });

  it('settles a deployment as ready whose other seeds are for objects outside the bundle', async () => {
    const seedData = [{ object: 'crm__lead', records: [{ name: 'A' }] }, ...(CRM_1.seedData ?? [])];
    const { clock, tenant, id } = await abandoned({}, { ...CRM_1, seedData });
    clock.advance(16 * MINUTE_MS);
    const record = await tenant.deployments.get(tenant.tenantId, id);
    expect(statusOf(record)).toEqual({ status: 'ready', outcome: 'already_applied', code: undefined });
    expect(record.result?.seeds.map(({ outcome }) => outcome)).toEqual([
      'unknown_object',
      'written',
      'written',
    ]);
  });

  it('settles a deployment without all its seeds as failed, and it can still be completed', async () => {
    const { clock, tenant, id } = await abandoned({});
    await tenant.driver.deleteMany('_os_seed', { where: { object: 'contact' } }, { system: true });
    clock.advance(16 * MINUTE_MS);
    const record = await tenant.deployments.get(tenant.tenantId, id);
    const code = 'deployment_interrupted';
    expect(statusOf(record)).toEqual({ status: 'failed', outcome: 'already_applied', code });
    expect(record.result?.seeds).toMatchObject([{ inserted: 2 }, { inserted: 0 }]);
    expect(await deploy(tenant, CRM_1)).toMatchObject({ status: 'ready', outcome: 'unchanged' });
    expect((await tenant.deployments.get(tenant.tenantId, id)).status).toBe('ready');
  });

  it('settles a deployment that never reached the database as failed', async () => {
    const { clock, tenant, id } = await abandoned({ id: 'lost', status: 'migrating' });
    clock.advance(16 * MINUTE_MS);
    expect(statusOf(await tenant.deployments.get(tenant.tenantId, id))).toEqual({
      status: 'failed',
      outcome: 'not_applied',
      code: 'deployment_interrupted',
    });
  });

  it('settles a rollback as ready immediately, and its deployment as superseded', async () => {
    const clock = new ManualClock();
    const tenant = await openTenant({ clock });
    const { tenantId, registry, deployments } = tenant;
    await deploy(tenant, CRM_1);
    const { deploymentId } = await deploy(tenant, EMPTY, {
      allow: ['remove_object:account', 'remove_object:contact'],
    });
    await deployments.rollbackDeployment(tenantId, deploymentId);
    const [back] = (await registry.listDeployments(tenantId)).filter(({ rollbackOf }) => rollbackOf);
    const undone = await registry.getDeployment(tenantId, deploymentId);
    const running = { ...back, status: 'migrating', result: undefined } as DeploymentRecord;
    await registry.saveDeployment(running, { take: LEASE, revision: back?.revision ?? null });
    const found = { ...undone, supersededBy: undefined } as DeploymentRecord;
    await registry.saveDeployment(found, { revision: undone?.revision ?? 0 });
    const { items: records } = await deployments.list(tenantId);
    expect(records.find(({ id }) => id === back?.id)).toMatchObject({ status: 'ready' });
    expect(records.find(({ id }) => id === deploymentId)).toMatchObject({ supersededBy: back?.id });
    expect(await registry.listDeployments(tenantId)).toMatchObject(records);
  });

  it('does not change a deployment whose process extends its lease during the reconciliation', async () => {
    const { clock, tenant, id } = await abandoned({});
    clock.advance(16 * MINUTE_MS);
    const { bundles, registry, tenantId } = tenant;
    const renewing: IBundleStore = {
      ...bundles,
      async get(checksum) {
        await registry.renewDeployment(tenantId, id, { lease: LEASE, updatedAt: clock.now().toISOString() });
        return bundles.get(checksum);
      },
    };
    const deployments = createDeployPipeline({ ...tenant, bundles: renewing, environment: 'prod' });
    expect((await deployments.get(tenantId, id)).status).toBe('registering');
    expect((await registry.getDeployment(tenantId, id))?.status).toBe('registering');
  });

  it('does not end a lease early if the system clock was set forward', async () => {
    const { clock, tenant, id } = await abandoned({});
    const steady = clock.now().getTime();
    const set = { now: () => clock.now(), steadyMs: () => steady };
    const deployments = createDeployPipeline({ ...tenant, clock: set, environment: 'prod' });
    clock.advance(1_000 * MINUTE_MS);
    expect((await deployments.get(tenant.tenantId, id)).status).toBe('registering');
  });

  it('settles a deployment as ready that was reported as interrupted and completed later', async () => {
    const { clock, tenant, id } = await abandoned({});
    const { tenantId, registry } = tenant;
    const [seeds] = await tenant.driver.find('_os_seed', { where: { object: 'contact' } }, { system: true });
    await tenant.driver.deleteMany('_os_seed', { where: { object: 'contact' } }, { system: true });
    clock.advance(16 * MINUTE_MS);
    expect((await tenant.deployments.get(tenantId, id)).status).toBe('failed');
    await tenant.driver.create('_os_seed', seeds ?? {}, { system: true });
    expect((await tenant.deployments.get(tenantId, id)).status).toBe('ready');
    expect((await registry.getDeployment(tenantId, id))?.status).toBe('ready');
  });

  it('rejects an unknown one', async () => {
    const { tenant } = await abandoned({});
    await expect(tenant.deployments.get(tenant.tenantId, 'unknown')).rejects.toMatchObject({
      code: 'deployment_not_found',
    });
  });
});

describe('sweep', () => {
  it('settles the interrupted deployments of every tenant, once', async () => {
    const { clock, tenant, id } = await abandoned({});
    expect(await tenant.deployments.sweep()).toEqual({ settled: [], problems: [] });
    clock.advance(16 * MINUTE_MS);
    expect(await tenant.deployments.sweep()).toEqual({ settled: [id], problems: [] });
    expect((await tenant.registry.getDeployment(tenant.tenantId, id))?.status).toBe('ready');
    expect(await tenant.deployments.sweep()).toEqual({ settled: [], problems: [] });
  });
});
