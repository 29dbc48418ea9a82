import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deploy, openDeployPlane, openTenant } from '../../test/deploy-plane.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { killedAt, startWork } from '../../test/start-work.js';
import type { StopPoint } from '../../test/stop-point.js';

const TIMEOUT_MS = 120_000;

/** A folder with a tenant whose registry was lost. */
async function folderWithoutRegistry() {
  const tenant = await openTenant();
  await deploy(tenant, CRM_1);
  const { dir, tenantId, dataPlane } = tenant;
  await dataPlane.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
  const request = { orgId: 'acme', databaseName: `t-${tenantId}` };
  return {
    dir,
    tenantId,
    request,
    work: { kind: 'provisioning', method: 'adoptTenant', args: [request] },
  } as const;
}

/** Before each statement that writes, and before and after each call of the registry. */
async function everyPoint(): Promise<StopPoint[]> {
  const { dir, tenantId, work } = await folderWithoutRegistry();
  const { value, writes } = (await (await startWork({ dir, tenantId, work })).outcome) ?? {};
  expect(value).toEqual({ tenantId });
  return [
    ...Array.from({ length: writes ?? 0 }, (_, index) => ({ at: 'write', occurrence: index + 1 })),
    { at: 'before registry.createTenant', occurrence: 1 },
    { at: 'after registry.createTenant', occurrence: 1 },
  ];
}

describe('adoptTenant whose process is killed', () => {
  it(
    'is completed by a repetition in another process, wherever it was',
    async () => {
      const points = await everyPoint();
      for (const stop of points) {
        const { dir, tenantId, request, work } = await folderWithoutRegistry();
        expect(await killedAt({ dir, tenantId, work, stop })).toBe(true);
        const plane = await openDeployPlane({ dir });
        const { provisioning, registry, deployments, router } = plane;
        expect(await provisioning.adoptTenant(request), stop.at).toEqual({ tenantId });
        expect(await registry.listTenants('acme')).toMatchObject([
          { tenant: { id: tenantId, provisioningStatus: 'active' } },
        ]);
        expect((await deployments.list(tenantId)).items).toMatchObject([{ status: 'ready' }]);
        expect(await provisioning.inspectTenants()).toEqual([]);
        expect(await deploy({ deployments, tenantId }, CRM_2)).toMatchObject({ status: 'ready' });
        expect(await (await router.getTenantClient(tenantId)).count('account')).toBe(2);
      }
      expect(points.map(({ at }) => at)).toContain('write');
    },
    TIMEOUT_MS,
  );
});
