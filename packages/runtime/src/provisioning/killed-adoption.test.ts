import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deploy, openDeployPlane, openTenant } from '../../test/deploy-plane.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { killedAt } from '../../test/start-work.js';

/** A folder with a tenant whose registry was lost. */
async function folderWithoutRegistry() {
  const tenant = await openTenant();
  await deploy(tenant, CRM_1);
  const { dir, tenantId, dataPlane } = tenant;
  await dataPlane.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
  return { dir, tenantId };
}

describe('adoptTenant whose process is killed', () => {
  it.each([
    ['before registry.createTenant', { tenantId: expect.any(String) }],
    ['after registry.createTenant', { code: 'database_collision' }],
  ])('enters the tenant once when another process does the same (%s)', async (at, answer) => {
    const { dir, tenantId } = await folderWithoutRegistry();
    const request = { orgId: 'acme', databaseName: `t-${tenantId}` };
    const stop = { at, occurrence: 1 };
    expect(await killedAt({ dir, tenantId, work: { kind: 'adopt', request }, stop })).toBe(true);
    const plane = await openDeployPlane({ dir });
    const { provisioning, registry, deployments, router } = plane;
    expect(await provisioning.adoptTenant(request).catch(({ code }) => ({ code }))).toEqual(answer);
    expect(await registry.listTenants('acme')).toMatchObject([
      { tenant: { id: tenantId, provisioningStatus: 'active' } },
    ]);
    expect(await deployments.listDeployments(tenantId)).toMatchObject([{ status: 'ready' }]);
    expect(await provisioning.inspectTenants()).toEqual([]);
    expect(await deploy({ deployments, tenantId }, CRM_2)).toMatchObject({ status: 'ready' });
    expect(await (await router.getTenantClient(tenantId)).count('account')).toBe(2);
  });
});
