import { describe, expect, it } from 'vitest';
import { openFleet, V1, V2 } from '../../test/fleet-plane.js';

const DAY_MS = 86_400_000;

describe('createRelease', () => {
  it('is idempotent, and refuses another bundle for the name and another name for the bundle', async () => {
    const { fleet } = await openFleet(0);
    const release = await fleet.createRelease(V1, { name: '1' });
    expect(release).toMatchObject({ name: '1', bundleVersion: '1.0.0' });
    expect(await fleet.createRelease(V1, { name: '1' })).toEqual(release);
    const exists = { code: 'release_exists', details: { release: '1' } };
    await expect(fleet.createRelease(V2, { name: '1' })).rejects.toMatchObject(exists);
    await expect(fleet.createRelease(V1, { name: '2' })).rejects.toMatchObject(exists);
    expect((await fleet.listReleases()).items).toEqual([release]);
  });

  it('refuses an invalid name and an invalid bundle before anything is stored', async () => {
    const { fleet } = await openFleet(0);
    await expect(fleet.createRelease(V1, { name: 'a/b' })).rejects.toMatchObject({ code: 'invalid_request' });
    const invalid = { manifest: { version: 'x' } };
    await expect(fleet.createRelease(invalid, { name: '1' })).rejects.toMatchObject({
      code: 'invalid_bundle',
    });
    await expect(fleet.getRelease('1')).rejects.toMatchObject({ code: 'release_not_found' });
  });
});

describe('startRollout', () => {
  it('moves every tenant to the release, and reports what each runs', async () => {
    const { fleet, tenantIds, deployments } = await openFleet(5);
    await fleet.createRelease(V1, { name: '1' });
    await fleet.createRelease(V2, { name: '2' });
    const plan = await fleet.planRollout('2');
    expect(plan).toMatchObject({ tenants: 5, refusedTenants: 0, approvals: [], refusals: [] });
    expect(plan.groups).toHaveLength(1);
    const [first = ''] = tenantIds;
    expect(await fleet.getTenantRelease(first)).toMatchObject({ desired: null, running: '1', rollout: null });
    const started = await fleet.startRollout(plan);
    expect(started.status).toBe('running');
    const ended = await fleet.waitForRollout(started.id);
    expect(ended).toMatchObject({ status: 'completed', progress: { states: { deployed: 5 }, failures: {} } });
    for (const tenantId of tenantIds) {
      expect(await fleet.getTenantRelease(tenantId)).toMatchObject({
        channel: 'stable',
        desired: '2',
        running: '2',
        rollout: { id: plan.rolloutId, state: 'deployed' },
      });
      expect((await deployments.latest(tenantId))?.bundleVersion).toBe('2.0.0');
    }
  });
});

describe('sweep', () => {
  it('removes a plan that was not started within seven days, and no other', async () => {
    const { fleet, clock, registry } = await openFleet(2);
    await fleet.createRelease(V2, { name: '2' });
    const old = await fleet.planRollout('2');
    const started = await fleet.planRollout('2');
    await fleet.startRollout(started);
    await fleet.waitForRollout(started.rolloutId);
    clock.advance(6 * DAY_MS);
    const recent = await fleet.planRollout('2');
    clock.advance(DAY_MS + 1);
    expect(await fleet.sweep()).toEqual({ resumedRollouts: [], discardedRollouts: 1 });
    await expect(fleet.startRollout(old)).rejects.toMatchObject({ code: 'rollout_not_found' });
    expect(await registry.listRolloutTenants(old.rolloutId, { limit: 5 })).toEqual([]);
    for (const { rolloutId } of [started, recent])
      expect((await fleet.listRolloutTenants(rolloutId)).items).toHaveLength(2);
  });
});
