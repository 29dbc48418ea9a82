import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { crashImages } from '../../test/crash-images.js';
import { deploy, openDeployPlane, openTenant } from '../../test/deploy-plane.js';
import { folderWith, readFolder } from '../../test/folder-content.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';

const TIMEOUT_MS = 120_000;

const AT = ['write', 'before registry.createTenant', 'after registry.createTenant'];

/** The files of a tenant whose registry was lost. */
async function filesWithoutRegistry() {
  const tenant = await openTenant();
  await deploy(tenant, CRM_1);
  const { dir, tenantId, dataPlane } = tenant;
  await dataPlane.close();
  for (const suffix of ['', '-wal', '-shm']) await rm(join(dir, `control.db${suffix}`), { force: true });
  const request = { orgId: 'acme', databaseName: `t-${tenantId}` };
  return {
    tenantId,
    request,
    content: await readFolder(dir),
    work: { kind: 'provisioning', method: 'adoptTenant', args: [request] },
  } as const;
}

describe('adoptTenant whose process is killed', () => {
  it(
    'is completed by a repetition in another process, wherever it was',
    async () => {
      const { tenantId, request, content, work } = await filesWithoutRegistry();
      const { contentAt, points, outcome } = await crashImages({ content, tenantId, work, at: AT });
      expect(outcome.value).toEqual({ tenantId });
      for (const stop of points.filter((_, index) => isSampled(index, 2))) {
        const plane = await openDeployPlane({ dir: await folderWith(await contentAt(stop)) });
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
      expect(new Set(points.map(({ at }) => at))).toEqual(new Set(AT));
    },
    TIMEOUT_MS,
  );
});
