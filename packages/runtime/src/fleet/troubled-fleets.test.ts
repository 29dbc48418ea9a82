import { ObjectStackError } from '@objectstack/spec/shared';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFleet, UNIQUE, V2 } from '../../test/fleet-plane.js';
import { createFleetService } from './create-fleet-service.js';

const TENANTS = IS_EXHAUSTIVE ? 100 : 20;

describe('a rollout to a troubled fleet', () => {
  it('completes when 5 % of the tenants violate the release and the budget permits them', {
    timeout: 120_000,
  }, async () => {
    const { fleet, tenantIds, router, deployments } = await openFleet(TENANTS);
    await fleet.createRelease(UNIQUE, { name: 'unique' });
    const violating = tenantIds.filter((_, index) => index % 20 === 7);
    for (const tenantId of violating) {
      const driver = await router.getTenantClient(tenantId);
      for (const name of ['a', 'b']) await driver.create('account', { name, email: 'x@example.com' });
    }
    const plan = await fleet.planRollout('unique');
    expect(plan).toMatchObject({ tenants: TENANTS, refusedTenants: violating.length });
    expect(plan.refusals[0]?.samples.map(({ tenantId }) => tenantId)).toEqual(violating.slice(0, 10));
    await expect(fleet.startRollout(plan, { errorBudget: { percent: 4 } })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await fleet.startRollout(plan, { errorBudget: { percent: 5 }, concurrency: 16 });
    const ended = await fleet.waitForRollout(plan.rolloutId);
    expect(ended).toMatchObject({
      status: 'completed',
      progress: { states: { deployed: TENANTS - violating.length, refused: violating.length } },
    });
    const behind = await fleet.listTenantReleases({ isBehind: true });
    expect(behind.items.map(({ tenantId }) => tenantId)).toEqual(violating);
    for (const tenantId of violating)
      expect((await deployments.latest(tenantId))?.bundleVersion).toBe('1.0.0');
  });

  it('lists a tenant that is locked while it is attempted, and attempts it again when resumed', async () => {
    const plane = await openFleet(3);
    const [, locked = ''] = plane.tenantIds;
    let isLocked = false;
    const getTenantClient = async (tenantId: string) => {
      if (isLocked && tenantId === locked)
        throw new ObjectStackError({ code: 'database_busy', message: 'Locked.' });
      return plane.router.getTenantClient(tenantId);
    };
    const fleet = createFleetService({
      runtimeVersion: '1.2.3',
      ...plane,
      router: { ...plane.router, getTenantClient },
      environment: 'prod',
    });
    onTestFinished(() => fleet.stop());
    await fleet.createRelease(V2, { name: '2' });
    const { rolloutId } = await fleet.planRollout('2');
    isLocked = true;
    await fleet.startRollout(rolloutId, { errorBudget: { tenants: 1 }, maxTenantsPerSecond: 10_000 });
    const ended = await fleet.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'completed', progress: { failures: { database_busy: 1 } } });
    const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'failed' });
    expect(items).toMatchObject([{ tenantId: locked, problem: { code: 'database_busy' } }]);
    isLocked = false;
    await fleet.resumeRollout(rolloutId);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 3 });
  });

  it('is left at once by a caller that stops, also while a server does not answer', async () => {
    const plane = await openFleet(2);
    const [answering] = plane.tenantIds;
    const never = new Promise<never>(() => {});
    const router = {
      ...plane.router,
      getTenantClient: (tenantId: string) =>
        tenantId === answering ? plane.router.getTenantClient(tenantId) : never,
    };
    const fleet = createFleetService({ runtimeVersion: '1.2.3', ...plane, router, environment: 'prod' });
    onTestFinished(() => fleet.stop());
    await fleet.createRelease(V2, { name: '2' });
    for await (const { tenantId } of fleet.query({}, 'account')) {
      expect(tenantId).toBe(answering);
      break;
    }
    const aggregations = [{ function: 'count', alias: 'accounts' }] as const;
    const signal = AbortSignal.timeout(20);
    for (const call of [
      async () => {
        for await (const _ of fleet.query({}, 'account', {}, { signal }));
      },
      () => fleet.aggregate({}, 'account', { aggregations: [...aggregations] }, { signal }),
      () => fleet.reportDrift({}, { signal }),
      () => fleet.planRollout('2', {}, { signal }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'aborted' });
    expect((await fleet.listRollouts()).items).toEqual([]);
  });
});
