import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, worldOf } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { tenantCopies } from '../../test/tenant-copies.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

/** Every so many-th call fails. */
const STEP = IS_EXHAUSTIVE ? 7 : 19;
const text = { type: 'text' } as const;
const VERSIONS = [['a', 'b', 'c'], ['b', 'c'], ['c'], []].map((fields, index) =>
  bundleOf(
    {
      objects: [objectOf('item', { name: text, ...Object.fromEntries(fields.map((name) => [name, text])) })],
    },
    `${index + 1}.0.0`,
  ),
);

/** Four versions, each of which removes a field with a value. */
const copies = tenantCopies(async (tenant) => {
  const ids: string[] = [];
  for (const [index, bundle] of VERSIONS.entries()) {
    const allow = index > 0 ? [`remove_field:item.${'abc'[index - 1]}`] : [];
    ids.push((await deploy(tenant, bundle, { allow })).deploymentId);
    if (index === 0) await tenant.driver.create('item', { id: 'x', name: 'x', a: '1', b: '2', c: '3' });
  }
  return ids;
});
const shrunk = () => copies.open().then(({ tenant, facts }) => ({ tenant, ids: facts }));

type Tenant = Awaited<ReturnType<typeof shrunk>>['tenant'];

async function expectFirstVersion({ driver, deployments, tenantId }: Tenant, ids: readonly string[]) {
  expect(await driver.find('item')).toMatchObject([{ id: 'x', a: '1', b: '2', c: '3' }]);
  const { items: records } = await deployments.list(tenantId);
  expect(records.map(({ status }) => status)).toEqual(records.map(() => 'ready'));
  const undone = new Map(records.map(({ id, supersededBy }) => [id, supersededBy]));
  for (const id of ids.slice(1))
    expect(records.find((record) => record.id === undone.get(id))).toMatchObject({ rollbackOf: id });
}

describe('rollbackDeployment of several deployments', () => {
  it('rolls back one after the other', async () => {
    const { tenant, ids } = await shrunk();
    for (const id of ids.slice(1).reverse()) await tenant.deployments.rollbackDeployment(tenant.tenantId, id);
    await expectFirstVersion(tenant, ids);
  });

  it('rolls back later ones only if they are included', async () => {
    const { tenant, ids } = await shrunk();
    const { deployments, tenantId } = tenant;
    const [first = '', second = ''] = ids;
    const world = await worldOf(tenant, tenant);
    await expect(deployments.rollbackDeployment(tenantId, second)).rejects.toMatchObject({
      code: 'not_latest',
      details: { deploymentId: second, latest: ids[3], later: ids.slice(2) },
    });
    await expect(
      deployments.rollbackDeployment(tenantId, first, { includeLater: true }),
    ).rejects.toMatchObject({ code: 'not_latest' });
    expect(await worldOf(tenant, tenant)).toEqual(world);
    await deployments.rollbackDeployment(tenantId, second, { includeLater: true });
    await expectFirstVersion(tenant, ids);
    const end = await worldOf(tenant, tenant);
    for (const id of ids.slice(1)) await deployments.rollbackDeployment(tenantId, id, { includeLater: true });
    expect(await worldOf(tenant, tenant)).toEqual(end);
  });

  it('rolls back none if the data of one is no longer retained', async () => {
    const { tenant, ids } = await shrunk();
    const { deployments, tenantId, driver } = tenant;
    await tenant.dataPlane.schemaDiff.purgeRetained(driver, new Date(Date.now() + 8 * 86_400_000));
    const world = await worldOf(tenant, tenant);
    await expect(
      deployments.rollbackDeployment(tenantId, ids[1] ?? '', { includeLater: true }),
    ).rejects.toMatchObject({ code: 'undo_expired', details: { expired: ids.slice(1) } });
    expect(await worldOf(tenant, tenant)).toEqual(world);
  });

  it.each(['registry.getDeployment', 'registry.saveDeployment', 'schemaDiff.applyMigrations'])(
    'changes nothing when the retention window expires before %s',
    async (call) => {
      const { tenant, ids } = await shrunk();
      const { tenantId, driver, dataPlane } = tenant;
      let isDue = true;
      const before = async (name: string) => {
        if (name !== call || !isDue) return;
        isDue = false;
        await dataPlane.schemaDiff.purgeRetained(driver, new Date(Date.now() + 8 * 86_400_000));
      };
      const faults = { before, after: () => {} };
      const late = createDeployPipeline(faultyParts({ ...tenant, environment: 'prod' }, faults));
      const records = await driver.find('item');
      await expect(late.rollbackDeployment(tenantId, ids[3] ?? '')).rejects.toMatchObject({
        code: 'undo_expired',
      });
      expect(await driver.find('item')).toEqual(records);
      expect(await dataPlane.schemaDiff.readHistory(driver)).toHaveLength(ids.length);
      expect((await tenant.deployments.get(tenantId, ids[3] ?? '')).supersededBy).toBeUndefined();
    },
  );

  it.each(['before', 'after'] as const)(
    'is completed by repeating it, whichever call fails %s its effect',
    async (moment) => {
      for (let failAt = 1, isOver = false; !isOver; failAt += STEP) {
        const { tenant, ids } = await shrunk();
        let calls = 0;
        const fail = (when: string) => {
          if (when === 'before') calls++;
          if (when === moment && calls === failAt) throw new Error('connection reset');
        };
        const faults = { before: () => fail('before'), after: () => fail('after') };
        const broken = createDeployPipeline(faultyParts({ ...tenant, environment: 'prod' }, faults));
        const options = { includeLater: true };
        isOver = await broken.rollbackDeployment(tenant.tenantId, ids[1] ?? '', options).then(
          () => calls < failAt,
          () => false,
        );
        await tenant.deployments.rollbackDeployment(tenant.tenantId, ids[1] ?? '', options);
        await expectFirstVersion(tenant, ids);
      }
    },
  );
});
