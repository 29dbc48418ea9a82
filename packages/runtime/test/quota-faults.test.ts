import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { createDeployPipeline } from '../src/deploy/create-deploy-pipeline.js';
import { createQuotaService } from '../src/index.js';
import { deploy, openTenant } from './deploy-plane.js';
import { bundleOf } from './sample-bundles.js';

const TTL_MS = 10 * 60 * 1_000;

const objects = (count: number, version: string) =>
  bundleOf(
    { objects: Array.from({ length: count }, (_, index) => ({ name: `o${index}`, fields: {} })) },
    version,
  );

const FAULTY = ['claimQuota', 'endReservation', 'saveDeployment'] as const;

/** Fails the n-th write of the registry, before its effect or, as if its answer was lost, after it. */
function failing<T extends object>(registry: T, at: number, moment: 'before' | 'after') {
  let calls = 0;
  const faulty = new Proxy(registry, {
    get(target, key) {
      const member = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      if (!FAULTY.includes(key as 'claimQuota')) return member.bind(target);
      return async (...args: unknown[]) => {
        const isFault = calls++ === at;
        const fault = () => new ObjectStackError({ code: 'database_unreachable', message: 'fault' });
        if (isFault && moment === 'before') throw fault();
        const result = await member.apply(target, args);
        if (isFault) throw fault();
        return result;
      };
    },
  });
  return { faulty, calls: () => calls };
}

describe('reservations under faults', () => {
  it.each(['before', 'after'] as const)('leak nothing when a call fails %s its effect', async (moment) => {
    for (let at = 0; ; at++) {
      const tenant = await openTenant();
      const { registry, tenantId, clock } = tenant;
      await registry.setQuotaOverrides(tenantId, { maxObjects: 2, maxDeploymentsPerDay: 1 });
      tenant.router.invalidateCache(tenantId);
      const { faulty, calls } = failing(registry, at, moment);
      const deployments = createDeployPipeline({ ...tenant, registry: faulty, environment: 'prod' });
      const plan = await deployments.planDeployment(tenantId, objects(2, '1.0.0'));
      await deployments.executeDeployment(tenantId, plan).catch(() => undefined);
      const isOver = calls() <= at;
      clock.advance(TTL_MS);
      expect((await deploy(tenant, objects(2, '1.0.0'))).status, `fault ${at}`).toBe('ready');
      const quotas = createQuotaService(tenant);
      expect(await quotas.checkQuota(tenantId, 'maxObjects', 0), `fault ${at}`).toMatchObject({ usage: 2 });
      expect(await quotas.checkQuota(tenantId, 'maxDeploymentsPerDay', 0), `fault ${at}`).toMatchObject({
        usage: 1,
      });
      if (isOver) break;
      expect(at).toBeLessThan(20);
    }
  });

  it('expire when the process that made them crashed', async () => {
    const tenant = await openTenant();
    const { tenantId, clock } = tenant;
    await tenant.registry.setQuotaOverrides(tenantId, { maxUsers: 1 });
    const quotas = createQuotaService(tenant);
    await quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs: 1_000 });
    clock.advance(1_000);
    await quotas.reserve(tenantId, 'maxUsers', 1);
  });
});
