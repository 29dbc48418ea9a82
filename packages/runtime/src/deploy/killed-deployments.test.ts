import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { crashImages } from '../../test/crash-images.js';
import { deploy, openDeployPlane, openTenant, planFor } from '../../test/deploy-plane.js';
import { expectSettled, recorded } from '../../test/deployment-facts.js';
import { folderWith, readFolder } from '../../test/folder-content.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { deployWork } from '../../test/start-work.js';

const TIMEOUT_MS = 240_000;
const MOMENTS = ['before registry.saveDeployment', 'after registry.saveDeployment'];
/** The first version under another name: a plan without changes. */
const RENAMED = { ...CRM_1, manifest: { version: '1.0.1' } };

/** The files of a tenant with the first version, and the plan to another. */
async function planned(bundle: typeof CRM_1) {
  const tenant = await openTenant();
  await deploy(tenant, CRM_1);
  const { tenantId, dir, dataPlane, driver } = tenant;
  const plan = await planFor(tenant, tenantId, bundle);
  const accounts = await driver.count('account');
  await dataPlane.close();
  return { tenantId, plan, accounts, content: await readFolder(dir) };
}

describe('a deployment whose process is killed at a write of the registry', () => {
  it.each([
    ['with changes', CRM_2],
    ['of another version without changes', RENAMED],
  ])(
    'is completed by executing the same plan again (%s)',
    async (_what, bundle) => {
      const { tenantId, plan, accounts, content } = await planned(bundle);
      const work = (dir: string) => deployWork(dir, plan);
      const { contentAt, points } = await crashImages({ content, tenantId, work, at: MOMENTS });
      for (const stop of points.filter((_, index) => isSampled(index, 2))) {
        const plane = await openDeployPlane({ dir: await folderWith(await contentAt(stop)) });
        const { deployments } = plane;
        const driver = await plane.router.getTenantClient(tenantId);
        const result = await deployments.executeDeployment(tenantId, plan);
        expect(result, JSON.stringify(stop)).toMatchObject({ status: 'ready' });
        expect(await deployments.executeDeployment(tenantId, plan)).toMatchObject({
          status: 'ready',
          deploymentId: result.deploymentId,
          seeds: result.seeds,
        });
        expect(await driver.count('account')).toBe(accounts);
        expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
        const tenant = { ...plane, tenantId, driver };
        expect(await recorded(tenant)).toEqual(['1.0.0 ready', `${bundle.manifest.version} ready`]);
        await expectSettled(tenant);
      }
      expect(points.length).toBeGreaterThanOrEqual(4);
      console.info(`killed at some of ${points.length} writes of the registry`);
    },
    TIMEOUT_MS,
  );
});
