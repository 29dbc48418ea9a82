import { setTimeout } from 'node:timers/promises';
import type { RolloutStrategyInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openFleet, UNIQUE, V2 } from '../../test/fleet-plane.js';

const ON_ACCESS: RolloutStrategyInput = { mode: 'on_access', waves: [{ tenants: 1 }] };

/** A rollout that one service drives, which waits until tenants are used; another service controls it. */
async function waitingForAccess() {
  const plane = await openFleet(3);
  const { fleet, openService } = plane;
  await fleet.createRelease(V2, { name: '2' });
  const { rolloutId } = await fleet.planRollout('2');
  await fleet.startRollout(rolloutId, ON_ACCESS);
  const other = openService();
  for await (const { accessUntil } of fleet.watchRollout(rolloutId)) if (accessUntil !== undefined) break;
  return { ...plane, rolloutId, other };
}

describe('a rollout on access that another process controls', () => {
  it('is rolled back at once, and not at the deadline', async () => {
    const { rolloutId, other } = await waitingForAccess();
    await other.rollbackRollout(rolloutId);
    const ended = await other.waitForRollout(rolloutId);
    expect(ended).toMatchObject({
      status: 'rolled_back',
      progress: { states: { rolled_back: 2, pending: 1 } },
    });
    expect(ended.accessUntil).toBeUndefined();
  });

  it('attempts tenants that are used after it was paused and resumed at once', async () => {
    const { rolloutId, other, registry, clock } = await waitingForAccess();
    await other.pauseRollout(rolloutId);
    await other.resumeRollout(rolloutId);
    for await (const { accessUntil } of other.watchRollout(rolloutId)) if (accessUntil !== undefined) break;
    const { items } = await other.listRolloutTenants(rolloutId, { state: 'pending' });
    await registry.recordAccess(items[0]?.tenantId ?? '', clock.now().toISOString());
    const ended = await other.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'completed', progress: { states: { deployed: 3 } } });
  });
});

describe('a rollout that another process has just started', () => {
  const started = async () => {
    const { openService, registry } = await openFleet(2);
    const take = registry.takeRolloutLease.bind(registry);
    const late = openService({
      registry: Object.create(registry, {
        takeRolloutLease: {
          value: async (...args: Parameters<typeof take>) => {
            await setTimeout(300);
            return take(...args);
          },
        },
      }),
    });
    await late.createRelease(V2, { name: '2' });
    const { rolloutId } = await late.planRollout('2');
    await late.startRollout(rolloutId);
    return { rolloutId, other: openService() };
  };

  it('is waited for before its process has the lease', async () => {
    const { rolloutId, other } = await started();
    expect((await other.waitForRollout(rolloutId)).status).toBe('completed');
  });

  it('is watched before its process has the lease', async () => {
    const { rolloutId, other } = await started();
    let last: string | undefined;
    for await (const { status } of other.watchRollout(rolloutId)) last = status;
    expect(last).toBe('completed');
  });
});

describe('resumeRollout', () => {
  it('changes the error budget of a running rollout, also in the process that drives it', async () => {
    const plane = await openFleet(4);
    const { fleet, openService, provisioning, clock } = plane;
    await fleet.createRelease(V2, { name: '2' });
    const { rolloutId } = await fleet.planRollout('2');
    await fleet.startRollout(rolloutId, { waves: [], bakeMs: 1_000 });
    for await (const { bakeUntil } of fleet.watchRollout(rolloutId)) if (bakeUntil !== undefined) break;
    const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'pending' });
    await provisioning.suspendTenant(items[0]?.tenantId ?? '');
    const other = openService();
    const changed = await other.resumeRollout(rolloutId, { errorBudget: { tenants: 1 } });
    expect(changed).toMatchObject({ status: 'running', strategy: { errorBudget: { tenants: 1 } } });
    expect(changed.bakeUntil).toBeDefined();
    clock.advance(1_000);
    const ended = await other.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'completed', progress: { states: { deployed: 3, failed: 1 } } });
  });
});

describe('rollbackRollout', () => {
  it('is refused while another rollout includes some of the tenants', async () => {
    const { fleet, tenantIds } = await openFleet(2);
    await fleet.createRelease(V2, { name: '2' });
    await fleet.createRelease(UNIQUE, { name: '3' });
    const { rolloutId } = await fleet.planRollout('2');
    await fleet.startRollout(rolloutId);
    await fleet.waitForRollout(rolloutId);
    const later = await fleet.planRollout('3', { tenantIds: tenantIds.slice(0, 1) });
    const allow = later.approvals.map(({ id }) => id);
    await fleet.startRollout(later, { allow });
    await fleet.waitForRollout(later.rolloutId);
    const last = await fleet.planRollout('2', { tenantIds: tenantIds.slice(0, 1) });
    await fleet.startRollout(last, { mode: 'on_access', allow: last.approvals.map(({ id }) => id) });
    await fleet.pauseRollout(last.rolloutId);
    await expect(fleet.rollbackRollout(rolloutId)).rejects.toMatchObject({
      code: 'rollout_conflict',
      details: { rolloutId: last.rolloutId },
    });
    expect((await fleet.getRollout(rolloutId)).status).toBe('completed');
    await fleet.abortRollout(last.rolloutId);
    expect((await fleet.rollbackRollout(rolloutId)).status).toBe('rolling_back');
    expect((await fleet.waitForRollout(rolloutId)).status).toBe('rolled_back');
  });

  it('does not report tenants that were never deployed to', async () => {
    const plane = await openFleet(2);
    const { fleet, provisioning, tenantIds } = plane;
    const [suspended = ''] = tenantIds;
    await fleet.createRelease(V2, { name: '2' });
    const { rolloutId } = await fleet.planRollout('2');
    await provisioning.suspendTenant(suspended);
    await fleet.startRollout(rolloutId, { errorBudget: { tenants: 1 } });
    await fleet.waitForRollout(rolloutId);
    await fleet.rollbackRollout(rolloutId);
    const ended = await fleet.waitForRollout(rolloutId);
    expect(ended.progress.states).toEqual({ failed: 1, rolled_back: 1 });
    expect((await fleet.getTenantRelease(suspended)).desired).toBeNull();
  });
});
