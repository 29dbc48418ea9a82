import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor } from '../../test/deploy-plane.js';
import { expectSettled, recorded } from '../../test/deployment-facts.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { deployWork, killedAt } from '../../test/start-work.js';

const TIMEOUT_MS = 240_000;
const MOMENTS = ['before registry.saveDeployment', 'after registry.saveDeployment'];
/** The first version under another name: a plan without changes. */
const RENAMED = { ...CRM_1, manifest: { version: '1.0.1' } };

/** A tenant with the first version, and the plan to another. */
async function planned(bundle: typeof CRM_1) {
  const tenant = await openTenant();
  await deploy(tenant, CRM_1);
  const plan = await planFor(tenant, tenant.tenantId, bundle);
  return { ...tenant, plan };
}

/** Kills a deployment at one moment and executes its plan again; false when the deployment was over before. */
async function killedOnce(bundle: typeof CRM_1, stop: { at: string; occurrence: number }): Promise<boolean> {
  const tenant = await planned(bundle);
  const { dir, tenantId, plan, deployments, driver } = tenant;
  const accounts = await driver.count('account');
  if (!(await killedAt({ dir, tenantId, work: await deployWork(dir, plan), stop }))) return false;
  const result = await deployments.executeDeployment(tenantId, plan);
  expect(result, JSON.stringify(stop)).toMatchObject({ status: 'ready' });
  expect(await deployments.executeDeployment(tenantId, plan)).toMatchObject({
    status: 'ready',
    deploymentId: result.deploymentId,
    seeds: result.seeds,
  });
  expect(await driver.count('account')).toBe(accounts);
  expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
  expect(await recorded(tenant)).toEqual(['1.0.0 ready', `${bundle.manifest.version} ready`]);
  await expectSettled(tenant);
  return true;
}

describe('a deployment whose process is killed at a write of the registry', () => {
  it.each([
    ['with changes', CRM_2],
    ['of another version without changes', RENAMED],
  ])(
    'is completed by executing the same plan again (%s)',
    async (_what, bundle) => {
      let kills = 0;
      for (const at of MOMENTS)
        for (let occurrence = 1; await killedOnce(bundle, { at, occurrence }); occurrence++) kills++;
      expect(kills).toBeGreaterThanOrEqual(4);
      console.info(`killed at ${kills} writes of the registry`);
    },
    TIMEOUT_MS,
  );
});
