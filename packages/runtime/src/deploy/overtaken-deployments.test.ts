import type { StoredDeployment } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const item = (fields: object = {}) => objectOf('item', { name: { type: 'text', unique: true }, ...fields });
const OLD = bundleOf({ objects: [item()] });
const NEW = bundleOf(
  {
    objects: [item({ size: { type: 'number' } })],
    seedData: [{ object: 'item', records: [{ name: 'a', size: 1 }] }],
  },
  '2.0.0',
);
const LATER = bundleOf(
  {
    objects: [item({ size: { type: 'number' }, color: { type: 'text' } })],
    seedData: [{ object: 'item', records: [{ name: 'a', size: 7 }] }],
  },
  '3.0.0',
);

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** A pipeline that stops before a call, like a suspended process, while other processes continue. */
function overtakenBefore(tenant: Tenant, call: string, meanwhile: () => Promise<unknown>) {
  let isDue = true;
  const before = async (name: string) => {
    if (name !== call || !isDue) return;
    isDue = false;
    await meanwhile();
  };
  return createDeployPipeline(faultyParts({ ...tenant, environment: 'prod' }, { before, after: () => {} }));
}

/** Versions and statuses of the records in the registry, including rollbacks. */
const recorded = async ({ registry, tenantId }: Tenant) =>
  (await registry.listDeployments(tenantId))
    .map(
      ({ bundleVersion, rollbackOf, status }) => `${bundleVersion}${rollbackOf ? ' rollback' : ''} ${status}`,
    )
    .sort();

async function latestRecord({ registry, tenantId }: Tenant, deploymentId: string): Promise<StoredDeployment> {
  const record = await registry.getDeployment(tenantId, deploymentId);
  if (!record) throw new Error('The deployment has no record.');
  return record;
}

describe('a deployment that another process completes before its first effect', () => {
  it.each([
    'registry.getTenant',
    'registry.getDeployment',
    'schemaDiff.readHistory',
    'registry.saveDeployment',
  ])('does not change the record of another process after later deployments (%s)', async (call) => {
    const tenant = await openTenant();
    await deploy(tenant, OLD);
    const plan = await planFor(tenant, tenant.tenantId, NEW);
    const overtaken = overtakenBefore(tenant, call, async () => {
      await tenant.deployments.executeDeployment(tenant.tenantId, plan);
      await deploy(tenant, LATER);
    });
    await expect(overtaken.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready', '3.0.0 ready']);
    expect(await tenant.driver.find('item', { fields: ['size'] })).toMatchObject([{ size: 7 }]);
  });

  it.each(['registry.getTenant', 'registry.saveDeployment'])(
    'returns the result of the process that executed the same plan meanwhile (%s)',
    async (call) => {
      const tenant = await openTenant();
      await deploy(tenant, OLD);
      const plan = await planFor(tenant, tenant.tenantId, NEW);
      const overtaken = overtakenBefore(tenant, call, () =>
        tenant.deployments.executeDeployment(tenant.tenantId, plan),
      );
      expect(await overtaken.executeDeployment(tenant.tenantId, plan)).toMatchObject({
        status: 'ready',
        outcome: 'already_applied',
        seeds: [{ outcome: 'written', inserted: 1 }],
      });
      const records = await tenant.registry.listDeployments(tenant.tenantId);
      expect(records.find(({ planHash }) => planHash === plan.planHash)?.result).toMatchObject({
        outcome: 'applied',
        statementsExecuted: plan.statements.length,
      });
    },
  );
});

describe('a rollback that another process completes before its first effect', () => {
  it.each(['registry.getDeployment', 'registry.saveDeployment'])(
    'does not change the record of the rollback by another process (%s)',
    async (call) => {
      const tenant = await openTenant();
      await deploy(tenant, OLD);
      const { deploymentId } = await deploy(tenant, NEW);
      const { tenantId } = tenant;
      const overtaken = overtakenBefore(tenant, call, async () => {
        await tenant.deployments.rollbackDeployment(tenantId, deploymentId);
        await deploy(tenant, LATER);
      });
      await overtaken.rollbackDeployment(tenantId, deploymentId);
      expect(await recorded(tenant)).toEqual([
        '1.0.0 ready',
        '1.0.0 rollback ready',
        '2.0.0 ready',
        '3.0.0 ready',
      ]);
    },
  );

  it.each(['schemaDiff.planRollback', 'registry.saveDeployment'])(
    'ends like a repeated one if another process did the same (%s)',
    async (call) => {
      const tenant = await openTenant();
      await deploy(tenant, OLD);
      const { deploymentId } = await deploy(tenant, NEW);
      const { tenantId } = tenant;
      const overtaken = overtakenBefore(tenant, call, () =>
        tenant.deployments.rollbackDeployment(tenantId, deploymentId),
      );
      await overtaken.rollbackDeployment(tenantId, deploymentId);
      expect(await recorded(tenant)).toEqual(['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready']);
      expect(await tenant.dataPlane.schemaDiff.readHistory(tenant.driver)).toHaveLength(3);
    },
  );
});

describe('the seeds of a deployment that another process completes', () => {
  it('are written once, and the late process returns the same result', async () => {
    const tenant = await openTenant();
    await deploy(tenant, OLD);
    const plan = await planFor(tenant, tenant.tenantId, NEW);
    const first = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    await tenant.driver.deleteMany('_os_seed', { where: {} }, { system: true });
    const { result: _, revision, ...record } = await latestRecord(tenant, first.deploymentId);
    await tenant.registry.saveDeployment({ ...record, status: 'registering' }, { take: 'dead', revision });
    const overtaken = overtakenBefore(tenant, 'registry.saveDeployment', async () => {
      await tenant.deployments.executeDeployment(tenant.tenantId, plan);
      await deploy(tenant, LATER);
    });
    const result = await overtaken.executeDeployment(tenant.tenantId, plan).catch(({ code }) => code);
    expect(result).toBe('plan_stale');
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready', '3.0.0 ready']);
    expect(await tenant.driver.find('item', { fields: ['size'] })).toMatchObject([{ size: 7 }]);
  });
});
