import { describe, expect, it } from 'vitest';
import { V1, V2 } from '../../test/fleet-plane.js';
import { openTenantDataPlane } from '../../test/tenant-data-plane.js';

/** A tenant that was rolled out to, with a backup before each of its two deployments. */
async function rolledOut() {
  const { runtime } = await openTenantDataPlane();
  const { provisioning, tenantData, fleet } = runtime;
  const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  const empty = await tenantData.backupTenant(tenantId);
  await fleet.createRelease(V1, { name: '1' });
  await fleet.createRelease(V2, { name: '2' });
  const rollOut = async (release: string) => {
    const { rolloutId } = await fleet.planRollout(release);
    await fleet.startRollout(rolloutId);
    await fleet.waitForRollout(rolloutId);
    return rolloutId;
  };
  await rollOut('1');
  const first = await tenantData.backupTenant(tenantId);
  const rolloutId = await rollOut('2');
  return { runtime, tenantId, fleet, tenantData, rollOut, rolloutId, empty, first };
}

type Fleet = Awaited<ReturnType<typeof rolledOut>>['fleet'];

/** The running release, which every method must report. */
async function runningOf(fleet: Fleet, tenantId: string): Promise<string | null> {
  const { running } = await fleet.getTenantRelease(tenantId);
  const { behindTenants, releases } = await fleet.getFleetStatus();
  expect(releases).toEqual([{ running, desired: '2', tenants: 1 }]);
  expect(behindTenants).toBe(running === '2' ? 0 : 1);
  return running;
}

describe('a tenant whose database was restored', () => {
  it('runs the release that the database contains, and not the last one that was deployed', async () => {
    const { runtime, tenantId, fleet, tenantData, rollOut, empty, first } = await rolledOut();
    expect(await runningOf(fleet, tenantId)).toBe('2');
    const { replaced } = await tenantData.restoreTenant(tenantId, { backupId: first.id });
    expect(await runningOf(fleet, tenantId)).toBe('1');
    await tenantData.moveTenant(tenantId, { region: 'eu-west' });
    expect(await runningOf(fleet, tenantId)).toBe('1');
    await tenantData.restoreTenant(tenantId, { backupId: replaced.id });
    expect(await runningOf(fleet, tenantId)).toBe('2');
    await tenantData.restoreTenant(tenantId, { backupId: empty.id });
    expect(await runningOf(fleet, tenantId)).toBeNull();
    const { items } = await runtime.tenants.audit(tenantId);
    const restores = items.filter(({ action }) => action === 'change_tenant_database');
    expect(restores.map(({ deploymentId }) => deploymentId !== undefined)).toEqual([
      false,
      true,
      false,
      true,
    ]);
    await rollOut('2');
    expect(await runningOf(fleet, tenantId)).toBe('2');
  });

  it('has nothing to roll back after a restore to a time before the rollout', async () => {
    const { tenantId, fleet, tenantData, rolloutId, first } = await rolledOut();
    await tenantData.restoreTenant(tenantId, { backupId: first.id });
    await fleet.rollbackRollout(rolloutId);
    const ended = await fleet.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'rolled_back', progress: { states: { rolled_back: 1 } } });
    expect(await fleet.getTenantRelease(tenantId)).toMatchObject({ running: '1', desired: '1' });
  });
});
