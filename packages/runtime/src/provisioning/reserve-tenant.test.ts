import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { V1 } from '../../test/fleet-plane.js';
import { untilReady } from '../../test/pool-plane.js';
import { createRuntime, createTenantRegistry, type RuntimeOptions } from '../index.js';

/** A runtime with one prepared database, without a release in any channel. */
async function openPool(options: Pick<RuntimeOptions, 'templates'> & { readonly template?: string } = {}) {
  const { template, templates } = options;
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  const registry = createTenantRegistry(dataPlane.defaults.controlDatabase);
  const pool = { size: 1, ...(template !== undefined && { template }) };
  const os = await createRuntime({ dataPlane, registry, pool, ...(templates && { templates }) });
  onTestFinished(() => os.close());
  await os.fleet.createRelease(V1, { name: '1' });
  const start = async (request: { channel?: string; templateName?: string } = {}) => {
    await untilReady({ registry }, 1);
    const prepared = (await registry.listPooledDatabases()).map(({ tenantId }) => tenantId);
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'acme', ...request });
    const { channel, running } = await os.fleet.getTenantRelease(tenantId);
    return { isClaimed: prepared.includes(tenantId), channel, running };
  };
  return { os, start };
}

describe('a request while databases are prepared', () => {
  it('gets one only if it starts without a release, in the default channel', async () => {
    const { os, start } = await openPool();
    expect(await start()).toEqual({ isClaimed: true, channel: 'stable', running: null });
    expect(await start({ channel: 'beta' })).toEqual({ isClaimed: false, channel: 'beta', running: null });
    await os.fleet.setChannel('beta', '1');
    expect(await start({ channel: 'beta' })).toEqual({ isClaimed: false, channel: 'beta', running: '1' });
    expect(await start()).toEqual({ isClaimed: true, channel: 'stable', running: null });
    await os.fleet.setChannel('stable', '1');
    expect(await start()).toEqual({ isClaimed: false, channel: 'stable', running: '1' });
    await os.fleet.setChannel('stable', null);
    expect(await start()).toEqual({ isClaimed: true, channel: 'stable', running: null });
  });

  it('gets a copy of the template that it names also if the default channel has a release', async () => {
    const { os, start } = await openPool({ template: 'crm', templates: { crm: V1 } });
    await os.fleet.setChannel('stable', '1');
    expect(await start({ templateName: 'crm' })).toMatchObject({ isClaimed: true, channel: 'stable' });
    expect(await start({ templateName: 'crm', channel: 'beta' })).toMatchObject({
      isClaimed: false,
      channel: 'beta',
    });
    expect(await start()).toMatchObject({ isClaimed: false, running: '1' });
  });
});
