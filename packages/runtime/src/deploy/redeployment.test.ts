import { describe, expect, it } from 'vitest';
import { activeTenant } from '../../test/control-plane.js';
import { deploy, openDeployPlane, openTenant, worldOf } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const seedData = [
  { object: 'item', mode: 'insert' as const, records: [{ name: 'one' }], env: ['prod' as const] },
  { object: 'item', mode: 'insert' as const, records: [{ name: 'two' }], env: ['dev' as const] },
];
const FIRST = bundleOf({ objects: [objectOf('item', { name: text, old: text })] });
const SECOND = bundleOf({ objects: [objectOf('item', { name: text })], seedData }, '2.0.0');
const REMOVE_OLD = { allow: ['remove_field:item.old'] };

async function removed() {
  const tenant = await openTenant();
  const first = await deploy(tenant, FIRST);
  await tenant.driver.create('item', { id: 'a', name: 'mine', old: 'precious' });
  const second = await deploy(tenant, SECOND, REMOVE_OLD);
  return { tenant, first, second };
}

describe('executeDeployment of a bundle that is already deployed', () => {
  it('changes nothing, and the deployment can still be rolled back', async () => {
    const { tenant, second } = await removed();
    const world = await worldOf(tenant, tenant);
    const again = await deploy(tenant, SECOND);
    expect(again).toMatchObject({ status: 'ready', outcome: 'unchanged', deploymentId: second.deploymentId });
    expect(await worldOf(tenant, tenant)).toEqual(world);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, second.deploymentId);
    expect(await tenant.driver.findOne('item', { where: { id: 'a' } })).toMatchObject({ old: 'precious' });
  });

  it('writes the seeds of another environment and records them', async () => {
    const { tenant, second } = await removed();
    expect(await tenant.driver.count('item')).toBe(2);
    const again = await deploy(tenant, SECOND, { environment: 'dev' });
    expect(again).toMatchObject({ outcome: 'unchanged', deploymentId: second.deploymentId });
    expect(await tenant.driver.count('item')).toBe(3);
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toHaveLength(2);
  });

  it('writes the missing seeds of an interrupted deployment', async () => {
    const plane = await openDeployPlane();
    const tenantId = await activeTenant(plane);
    const driver = await plane.router.getTenantClient(tenantId);
    const tenant = { ...plane, tenantId, driver };
    await deploy(tenant, FIRST);
    const plan = await plane.deployments.planDeployment(tenantId, SECOND);
    const controller = new AbortController();
    const options = {
      ...REMOVE_OLD,
      signal: controller.signal,
      onStatus: (status: string) => status === 'registering' && controller.abort(),
    };
    await expect(plane.deployments.executeDeployment(tenantId, plan, options)).rejects.toMatchObject({
      code: 'aborted',
    });
    const deploymentId = (await plane.dataPlane.schemaDiff.introspect(driver)).deploymentId ?? '';
    expect(await driver.count('item')).toBe(0);
    expect(await deploy(tenant, SECOND)).toMatchObject({
      status: 'ready',
      outcome: 'unchanged',
      deploymentId,
    });
    expect(await driver.count('item')).toBe(1);
    expect(await plane.registry.getDeployment(tenantId, deploymentId)).toMatchObject({
      status: 'ready',
      planHash: plan.planHash,
    });
  });

  it('adds a deployment if only the version differs, and the previous one can still be rolled back', async () => {
    const { tenant, first, second } = await removed();
    const patched = { ...SECOND, manifest: { ...SECOND.manifest, version: '2.0.1' } };
    const third = await deploy(tenant, patched);
    expect(third).toMatchObject({ outcome: 'applied', statementsExecuted: 0 });
    expect(await tenant.registry.getDeployment(tenant.tenantId, third.deploymentId)).toMatchObject({
      bundleVersion: '2.0.1',
    });
    await tenant.deployments.rollbackDeployment(tenant.tenantId, second.deploymentId, { includeLater: true });
    expect(await tenant.driver.findOne('item', { where: { id: 'a' } })).toMatchObject({ old: 'precious' });
    const again = await deploy(tenant, FIRST);
    expect(again).toMatchObject({ status: 'ready', outcome: 'unchanged' });
    expect(again.deploymentId).not.toBe(first.deploymentId);
  });
});
