import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor, worldOf } from '../../test/deploy-plane.js';
import { bundleOf, CRM_1, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const text = { type: 'text' } as const;
const account = objectOf('account', { name: text, size: { type: 'number' } });
const contact = objectOf('contact', { name: text, account: { type: 'lookup', reference: 'account' } });
const { size: _size, ...withoutSize } = account.fields;
const VERSION_1 = bundleOf({ objects: [account, contact] });
const VERSION_2 = bundleOf({ objects: [{ ...account, fields: withoutSize } as ObjectDefinition] }, '2.0.0');
const ALLOW = ['remove_object:contact', 'remove_field:account.size'];

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** A tenant with two records, on which the second version was deployed with all changes approved. */
async function shrunk(): Promise<{ tenant: Tenant; deploymentId: string; first: string }> {
  const tenant = await openTenant();
  const { deploymentId: first } = await deploy(tenant, VERSION_1);
  await tenant.driver.create('account', { id: 'a1', name: 'Acme', size: 12 });
  await tenant.driver.create('contact', { id: 'c1', name: 'Ann', account: 'a1' });
  const plan = await planFor(tenant, tenant.tenantId, VERSION_2);
  const { deploymentId } = await tenant.deployments.executeDeployment(tenant.tenantId, plan, {
    allow: ALLOW,
  });
  return { tenant, deploymentId, first };
}

/** Records in the registry of the deployments in the tenant's history, latest first. */
async function deploymentsOf({ driver, registry, tenantId }: Tenant) {
  const order = [{ field: 'sequence', order: 'desc' as const }];
  const history = await driver.find('_os_deployment', { orderBy: order }, { system: true });
  const records = await registry.listDeployments(tenantId);
  return history.flatMap(({ id }) => records.filter((record) => record.id === id));
}

describe('executeDeployment of destructive changes', () => {
  it.each([[[]], [[ALLOW[0] ?? '']]])('is rejected unless all of them are approved: %j', async (allow) => {
    const tenant = await openTenant();
    await deploy(tenant, VERSION_1);
    await tenant.driver.create('account', { id: 'a1', name: 'Acme', size: 12 });
    const before = await worldOf(tenant, tenant);
    const plan = await planFor(tenant, tenant.tenantId, VERSION_2);
    const world = await worldOf(tenant, tenant);
    await expect(
      tenant.deployments.executeDeployment(tenant.tenantId, plan, { allow }),
    ).rejects.toMatchObject({
      code: 'destructive_not_allowed',
      details: { changes: ALLOW.filter((id) => !allow.includes(id)) },
    });
    expect(await worldOf(tenant, tenant)).toEqual(world);
    expect(Object.keys(before)).toEqual(Object.keys(world));
  });

  it('reports in advance how many records lose data', async () => {
    const tenant = await openTenant();
    await deploy(tenant, VERSION_1);
    await tenant.driver.create('account', { id: 'a1', name: 'Acme', size: 12 });
    await tenant.driver.create('account', { id: 'a2', name: 'Bolt' });
    const { findings } = await planFor(tenant, tenant.tenantId, VERSION_2);
    expect(findings).toEqual([
      { checkId: 'removed:contact', rows: 0, samples: [] },
      { checkId: 'removed:account.size', rows: 1, samples: ['a1'] },
    ]);
  });

  it('rejects approvals that the plan does not need', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, VERSION_1);
    await expect(
      tenant.deployments.executeDeployment(tenant.tenantId, plan, { allow: ['remove_object:account'] }),
    ).rejects.toMatchObject({ code: 'invalid_request', details: { allow: ['remove_object:account'] } });
  });

  it('removes the data if they are approved', async () => {
    const { tenant } = await shrunk();
    expect(await tenant.driver.find('account')).toMatchObject([{ id: 'a1', name: 'Acme' }]);
    expect(await tenant.driver.findOne('account')).not.toHaveProperty('size');
    await expect(tenant.driver.find('contact')).rejects.toMatchObject({ code: 'object_not_found' });
  });
});

describe('rollbackDeployment', () => {
  it('restores the data that the latest deployment removed, and keeps later writes', async () => {
    const { tenant, deploymentId } = await shrunk();
    await tenant.driver.create('account', { id: 'a2', name: 'Bolt' });
    await tenant.driver.update('account', 'a1', { name: 'Acme Ltd' });
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    expect(await tenant.driver.find('account')).toMatchObject([
      { id: 'a1', name: 'Acme Ltd', size: 12 },
      { id: 'a2', name: 'Bolt', size: null },
    ]);
    expect(await tenant.driver.find('contact')).toMatchObject([{ id: 'c1', name: 'Ann', account: 'a1' }]);
  });

  it('reports what cannot be restored, and why', async () => {
    const { tenant, deploymentId } = await shrunk();
    await tenant.driver.delete('account', 'a1');
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    expect(await tenant.driver.find('contact')).toMatchObject([{ id: 'c1', account: null }]);
    const [latest] = await deploymentsOf(tenant);
    expect(latest?.result?.findings).toEqual([
      {
        checkId: 'lost:contact.account',
        rows: 1,
        samples: ['c1'],
        explanation: expect.stringContaining('was deleted'),
      },
    ]);
  });

  it('is a deployment of its own, of the previous version', async () => {
    const { tenant, deploymentId, first } = await shrunk();
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const [latest, undone, earlier] = await deploymentsOf(tenant);
    expect(latest).toMatchObject({ status: 'ready', bundleVersion: '1.0.0', rollbackOf: deploymentId });
    expect(undone).toMatchObject({ id: deploymentId, bundleVersion: '2.0.0', supersededBy: latest?.id });
    expect(earlier).toMatchObject({ id: first, bundleVersion: '1.0.0' });
    expect((await planFor(tenant, tenant.tenantId, VERSION_1)).statements).toEqual([]);
  });

  it('is idempotent, and can be rolled back in turn', async () => {
    const { tenant, deploymentId } = await shrunk();
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const world = await worldOf(tenant, tenant);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    expect(await worldOf(tenant, tenant)).toEqual(world);
    const [latest] = await deploymentsOf(tenant);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, latest?.id ?? '');
    await expect(tenant.driver.find('contact')).rejects.toMatchObject({ code: 'object_not_found' });
    expect((await deploymentsOf(tenant))[0]).toMatchObject({
      bundleVersion: '2.0.0',
      rollbackOf: latest?.id,
    });
  });

  it('completes the records of an interrupted rollback', async () => {
    const { tenant, deploymentId } = await shrunk();
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const [latest, undone] = await deploymentsOf(tenant);
    const { result: _result, ...unfinished } = latest ?? {};
    await tenant.registry.saveDeployment({ ...unfinished, status: 'migrating' } as never, {
      take: 'other',
      revision: latest?.revision ?? null,
    });
    const guard = { revision: undone?.revision ?? 0 };
    await tenant.registry.saveDeployment({ ...undone, supersededBy: undefined } as never, guard);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const [now, before] = await deploymentsOf(tenant);
    expect(now).toMatchObject({ id: latest?.id, status: 'ready', rollbackOf: deploymentId });
    expect(before).toMatchObject({ id: deploymentId, supersededBy: latest?.id });
  });

  it('rejects an older deployment, the first and an unknown one, without any effect', async () => {
    const { tenant, deploymentId, first } = await shrunk();
    const world = await worldOf(tenant, tenant);
    const codes = [];
    for (const id of [first, 'unknown'])
      codes.push(
        await tenant.deployments.rollbackDeployment(tenant.tenantId, id).catch((error) => error.code),
      );
    expect(codes).toEqual(['not_latest', 'deployment_not_found']);
    expect(await worldOf(tenant, tenant)).toEqual(world);
    const other = await openTenant();
    const { deploymentId: only } = await deploy(other, CRM_1);
    await expect(other.deployments.rollbackDeployment(other.tenantId, only)).rejects.toMatchObject({
      code: 'not_latest',
    });
    await expect(other.deployments.rollbackDeployment(other.tenantId, deploymentId)).rejects.toMatchObject({
      code: 'deployment_not_found',
    });
  });

  it('is rejected after the removed data was purged', async () => {
    const { tenant, deploymentId } = await shrunk();
    const { schemaDiff } = tenant.dataPlane;
    expect(await schemaDiff.purgeRetained(tenant.driver)).toBe(0);
    expect(await schemaDiff.purgeRetained(tenant.driver, new Date(Date.now() + 8 * 86_400_000))).toBe(2);
    await expect(tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId)).rejects.toMatchObject({
      code: 'undo_expired',
      details: { objects: expect.arrayContaining(['account', 'contact']) },
    });
  });

  it('changes nothing if later writes conflict, and records the failure', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects: [objectOf('account', { key: { ...text, unique: true } })] }));
    const plan = await planFor(
      tenant,
      tenant.tenantId,
      bundleOf({ objects: [objectOf('account', { key: text })] }, '2.0.0'),
    );
    const allow = plan.diff.indexes.map(({ id }) => id);
    const { deploymentId } = await tenant.deployments.executeDeployment(tenant.tenantId, plan, { allow });
    await tenant.driver.create('account', { key: 'same' });
    await tenant.driver.create('account', { key: 'same' });
    await expect(tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId)).rejects.toMatchObject({
      code: 'unique_violation',
    });
    expect(await tenant.driver.count('account')).toBe(2);
    const records = await tenant.registry.listDeployments(tenant.tenantId);
    expect(records.find(({ rollbackOf }) => rollbackOf === deploymentId)).toMatchObject({ status: 'failed' });
  });

  it('runs beyond the lock budget of the server only if this is approved', async () => {
    const tenant = await openTenant();
    const { tenantId, driver, router } = tenant;
    const sized = (type: 'text' | 'number', version: string) =>
      bundleOf({ objects: [objectOf('account', { size: { type } })] }, version);
    await deploy(tenant, sized('text', '1.0.0'));
    await driver.create('account', { id: 'a1', size: '12' });
    const { deploymentId } = await deploy(tenant, sized('number', '2.0.0'));
    const limited = new Proxy(driver, {
      get: (_, key) => {
        if (key === 'supports') return { ...driver.supports, lockBudgetMs: 0 };
        const value = Reflect.get(driver, key);
        return typeof value === 'function' ? value.bind(driver) : value;
      },
    });
    const { rollbackDeployment } = createDeployPipeline({
      ...tenant,
      router: { ...router, getTenantClient: async () => limited },
      environment: 'prod',
    });
    await expect(rollbackDeployment(tenantId, deploymentId)).rejects.toMatchObject({
      code: 'exceeds_lock_budget',
    });
    expect(await driver.find('account')).toMatchObject([{ id: 'a1', size: 12 }]);
    const allow = ['exceeds_lock_budget'];
    expect(await rollbackDeployment(tenantId, deploymentId, { allow })).toMatchObject({ outcome: 'applied' });
    expect(await driver.find('account')).toMatchObject([{ id: 'a1', size: '12' }]);
  });

  it.each([
    { allow: ['remove_field:account.size'] },
    { allow: 'exceeds_lock_budget' },
    { includeLater: 'yes' },
  ])('rejects the options %j', async (options) => {
    const { tenantId, deployments } = await openTenant();
    await expect(deployments.rollbackDeployment(tenantId, 'any', options as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('is not what executeDeployment runs', async () => {
    const { tenant, deploymentId } = await shrunk();
    const back = await tenant.dataPlane.schemaDiff.planRollback(tenant.driver, { deploymentId });
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, back)).rejects.toMatchObject({
      code: 'invalid_plan',
    });
  });
});
