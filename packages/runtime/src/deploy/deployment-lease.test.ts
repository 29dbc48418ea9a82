import { ObjectStackError } from '@objectstack/spec/shared';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { ManualClock } from '../../test/manual-clock.js';
import { bundleOf, CRM_1, objectOf } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';
import { HEARTBEAT_MS } from './deployment-lease.js';

const NEXT = bundleOf({ objects: [objectOf('item', {})] }, '2.0.0');
const ALLOW = { allow: ['remove_object:account', 'remove_object:contact'] };
const LONG_MS = 60 * 60_000;

/** A tenant whose next deployment runs a callback after its migration, before its result is written. */
async function interruptible(during: (tenant: Awaited<ReturnType<typeof openTenant>>) => Promise<void>) {
  const clock = new ManualClock();
  const tenant = await openTenant({ clock });
  await deploy(tenant, CRM_1);
  const { schemaDiff } = tenant.dataPlane;
  const dataPlane = Object.create(tenant.dataPlane, {
    schemaDiff: {
      value: Object.create(schemaDiff, {
        applyMigrations: {
          value: async (...args: Parameters<typeof schemaDiff.applyMigrations>) => {
            const result = await schemaDiff.applyMigrations(...args);
            await during(tenant);
            return result;
          },
        },
      }),
    },
  });
  return {
    ...tenant,
    clock,
    deployments: createDeployPipeline({ ...tenant, dataPlane, environment: 'prod' }),
  };
}

type Tenant = Awaited<ReturnType<typeof interruptible>>;

const statuses = async ({ registry, tenantId }: Pick<Tenant, 'registry' | 'tenantId'>) =>
  (await registry.listDeployments(tenantId)).map(({ status }) => status);

const latestOf = async ({ registry, tenantId }: Pick<Tenant, 'registry' | 'tenantId'>) => {
  const records = await registry.listDeployments(tenantId);
  return records.find(({ bundleVersion, rollbackOf }) => bundleVersion === '2.0.0' && !rollbackOf);
};

afterEach(() => {
  vi.useRealTimers();
});

describe('DeploymentLease', () => {
  it('is extended while its process runs, however long the deployment takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const found: unknown[] = [];
    const tenant: Tenant = await interruptible(async ({ deployments, tenantId }) => {
      for (let passed = 0; passed < LONG_MS; passed += HEARTBEAT_MS) {
        const { revision = 0 } = (await latestOf(tenant)) ?? {};
        tenant.clock.advance(HEARTBEAT_MS);
        vi.advanceTimersByTime(HEARTBEAT_MS);
        await vi.waitUntil(async () => ((await latestOf(tenant))?.revision ?? 0) > revision, {
          timeout: 30_000,
          interval: 1,
        });
      }
      found.push((await deployments.list(tenantId)).items.map(({ status }) => status));
      found.push((await deployments.sweep()).settled);
    });
    const result = await deploy(tenant, NEXT, ALLOW);
    expect(result).toMatchObject({ status: 'ready', outcome: 'applied' });
    expect(found[0]).toContain('migrating');
    expect(found[1]).toEqual([]);
    expect(await statuses(tenant)).toEqual(['ready', 'ready']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('prevents a process whose lease has expired from writing; it reports the state of the history', async () => {
    const tenant: Tenant = await interruptible(async ({ deployments, tenantId, registry }) => {
      tenant.clock.advance(LONG_MS);
      await deployments.list(tenantId);
      const settled = await latestOf({ registry, tenantId });
      expect(settled).toMatchObject({ status: 'ready', result: { outcome: 'already_applied' } });
    });
    const result = await deploy(tenant, NEXT, ALLOW);
    expect(result).toMatchObject({ status: 'ready', outcome: 'applied' });
    expect(await latestOf(tenant)).toMatchObject({ status: 'ready', result: { outcome: 'already_applied' } });
  });

  it('prevents a late process from marking a deployment ready that was rolled back meanwhile', async () => {
    let isRolledBack = false;
    const tenant: Tenant = await interruptible(async ({ deployments, tenantId, registry }) => {
      if (isRolledBack) return;
      isRolledBack = true;
      const { id = '' } = (await latestOf({ registry, tenantId })) ?? {};
      await deployments.rollbackDeployment(tenantId, id);
    });
    await deploy(tenant, NEXT, ALLOW);
    const rollback = (await tenant.registry.listDeployments(tenant.tenantId)).find((one) => one.rollbackOf);
    expect(await latestOf(tenant)).toMatchObject({ supersededBy: rollback?.id });
    expect(rollback).toMatchObject({ status: 'ready' });
  });

  it('ends with a deployment that is to be retried', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const tenant: Tenant = await interruptible(async () => {
      throw new ObjectStackError({ code: 'database_busy', message: 'Held.' });
    });
    await expect(deploy(tenant, NEXT, ALLOW)).rejects.toMatchObject({ code: 'database_busy' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
