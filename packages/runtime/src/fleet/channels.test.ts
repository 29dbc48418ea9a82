import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { V1, V2 } from '../../test/fleet-plane.js';
import { createRuntime } from '../create-runtime.js';

async function openChannels() {
  const runtime = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
  onTestFinished(() => runtime.close());
  const { fleet } = runtime;
  await fleet.createRelease(V1, { name: '1' });
  await fleet.createRelease(V2, { name: '2' });
  await fleet.setChannel('stable', '1');
  await fleet.setChannel('beta', '2');
  return runtime;
}

describe('a channel', () => {
  it('determines the release at which new tenants start', async () => {
    const { fleet, provisioning, deployments } = await openChannels();
    const startIn = async (channel: string | undefined) => {
      const request = { orgId: 'acme', ...(channel && { channel }) };
      const { tenantId } = await provisioning.provisionTenant(request);
      const { bundleVersion } = (await deployments.latest(tenantId)) ?? {};
      return { ...(await fleet.getTenantRelease(tenantId)), bundleVersion };
    };
    expect(await startIn(undefined)).toMatchObject({
      channel: 'stable',
      desired: '1',
      running: '1',
      bundleVersion: '1.0.0',
    });
    const beta = await startIn('beta');
    expect(beta).toMatchObject({ channel: 'beta', desired: '2', running: '2', bundleVersion: '2.0.0' });
    expect(await startIn('empty')).toMatchObject({ channel: 'empty', desired: null, running: null });
    const moved = await fleet.setTenantChannel(beta.tenantId, 'stable');
    expect(moved).toMatchObject({ channel: 'stable', desired: '2', running: '2' });
    expect((await fleet.planRollout('2', { channel: 'stable' })).tenants).toBe(2);
  });

  it('is listed, can be emptied, and refuses unknown releases and invalid names', async () => {
    const { fleet } = await openChannels();
    expect((await fleet.listChannels()).map(({ name, release }) => [name, release])).toEqual([
      ['beta', '2'],
      ['stable', '1'],
    ]);
    expect(await fleet.setChannel('beta', null)).toMatchObject({ name: 'beta', release: null });
    await expect(fleet.setChannel('beta', 'none')).rejects.toMatchObject({ code: 'release_not_found' });
    await expect(fleet.setChannel('Beta', '1')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(fleet.setTenantChannel('none', 'beta')).rejects.toMatchObject({ code: 'tenant_not_found' });
  });
});
