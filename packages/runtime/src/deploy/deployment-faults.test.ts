import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployResult } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { activeTenant } from '../../test/control-plane.js';
import { type DeployPlane, deploy, openDeployPlane, planFor, recordsBy } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import type { Faults } from '../../test/fault-plane.js';
import { CRM_1, CRM_2 } from '../../test/sample-bundles.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';
import type { DeploymentService } from './deployment-service.js';

type When = 'before' | 'after';
/** One of so many calls fails unless tests are exhaustive. */
const EVERY = 17;

const LOST = () => new Error('connection reset');
const FATAL = () => new ObjectStackError({ code: 'internal', message: 'Broken.' });

/** Fails the n-th call once, before or after its effect, and counts all calls. */
function failingCall(when: When, failAt: number, error: () => Error = LOST) {
  const counts = { calls: 0 };
  const pass = (moment: When) => {
    if (moment === 'before') counts.calls++;
    if (moment === when && counts.calls === failAt) throw error();
  };
  const faults: Faults = { before: () => pass('before'), after: () => pass('after') };
  return { counts, faults };
}

interface FaultyTenant extends Pick<DeployPlane, 'deployments'> {
  readonly tenantId: string;
}

/** A new tenant of the plane, and a pipeline in which one call fails. */
async function faultyTenant(plane: DeployPlane, faults: Faults): Promise<FaultyTenant> {
  const tenantId = await activeTenant(plane);
  return { tenantId, deployments: pipelineWith(plane, faults) };
}

function pipelineWith(plane: DeployPlane, faults: Faults): DeploymentService {
  return createDeployPipeline(faultyParts({ ...plane, environment: 'prod' }, faults));
}

/** Numbers of the calls that fail, of so many. */
const failingOf = (calls: number): number[] =>
  Array.from({ length: calls }, (_, index) => index + 1).filter((call) => isSampled(call, EVERY));

async function countCalls(plane: DeployPlane): Promise<number> {
  const { counts, faults } = failingCall('before', 0);
  await deploy(await faultyTenant(plane, faults), CRM_1);
  return counts.calls;
}

/** The result without ids and times. */
async function outcomeIn({ router, dataPlane, registry }: DeployPlane, tenantId: string) {
  const driver = await router.getTenantClient(tenantId);
  const live = await dataPlane.schemaDiff.introspect(driver);
  const [acme] = await driver.find('account', { where: { name: 'Acme' } });
  const [ann] = await driver.find('contact', { where: { name: 'Ann' } });
  return {
    schemaHash: live.schemaHash,
    history: await driver.count('_os_deployment', {}, { system: true }),
    accounts: await recordsBy(driver, 'account', 'name', ['industry']),
    contacts: await recordsBy(driver, 'contact', 'name', ['email']),
    isLinked: acme?.main_contact === ann?.id && ann?.account === acme?.id,
    deployments: (await registry.listDeployments(tenantId)).map(({ status }) => status),
  };
}

const seedCounts = ({ seeds }: DeployResult) =>
  seeds.map(({ inserted, failed, outcome }) => [outcome, inserted, failed]);

/**
 * Asserts that a failed result reports what took effect: whether the table exists, and no record that does not exist.
 */
async function expectHonest(plane: DeployPlane, tenantId: string, result: DeployResult): Promise<void> {
  const driver = await plane.router.getTenantClient(tenantId);
  const tables = await driver.execute("SELECT name FROM sqlite_schema WHERE name = 'account'");
  const isApplied = tables.rows.length > 0;
  expect(result.outcome).toBe(isApplied ? 'applied' : 'not_applied');
  expect(result.statementsExecuted).toBe(isApplied ? 5 : 0);
  const written = isApplied ? (await driver.count('account')) + (await driver.count('contact')) : 0;
  expect(result.seeds.reduce((sum, seed) => sum + seed.inserted, 0)).toBeLessThanOrEqual(written);
}

describe('a deployment of which any call fails', () => {
  it.each([
    ['before', 'a lost connection', LOST],
    ['after', 'a lost connection', LOST],
    ['before', 'a fatal error', FATAL],
    ['after', 'a fatal error', FATAL],
  ] as const)('completes when it is repeated: failed %s the effect with %s', async (when, what, error) => {
    const plane = await openDeployPlane();
    const reference = await activeTenant(plane);
    await deploy({ ...plane, tenantId: reference }, CRM_1);
    const expected = await outcomeIn(plane, reference);
    const calls = await countCalls(plane);
    const outcomes = new Set<string>();
    for (const failAt of failingOf(calls)) {
      const tenant = await faultyTenant(plane, failingCall(when, failAt, error).faults);
      const { tenantId, deployments } = tenant;
      const plan = await planFor(tenant, tenantId, CRM_1).catch(() => planFor(tenant, tenantId, CRM_1));
      const first = await deployments.executeDeployment(tenantId, plan).catch(() => null);
      if (first?.status === 'failed') {
        await expectHonest(plane, tenantId, first);
        outcomes.add(first.outcome);
      }
      const result = first?.status === 'ready' ? first : await deployments.executeDeployment(tenantId, plan);
      expect(result, `call ${failAt}`).toMatchObject({ status: 'ready' });
      expect(seedCounts(result), `call ${failAt}`).toEqual([
        ['written', 2, 0],
        ['written', 2, 0],
      ]);
      expect(await outcomeIn(plane, tenantId), `call ${failAt}`).toEqual(expected);
      expect(await plane.deployments.executeDeployment(tenantId, plan)).toMatchObject({
        outcome: 'already_applied',
        deploymentId: result.deploymentId,
        seeds: result.seeds,
      });
    }
    if (error !== FATAL) expect(outcomes).toEqual(new Set());
    // After the deployment is recorded, the first call migrates: nothing is applied only if it fails before its effect.
    else if (IS_EXHAUSTIVE && when === 'before')
      expect(outcomes).toEqual(new Set(['not_applied', 'applied']));
    else expect(outcomes).toContain('applied');
    console.info(
      `${failingOf(calls).length} of ${calls} calls of a deployment failed ${when} its effect with ${what}`,
    );
  });

  it('keeps the data of the previous version', async () => {
    const plane = await openDeployPlane();
    const { counts, faults } = failingCall('after', 0);
    const counted = await activeTenant(plane);
    await deploy({ ...plane, tenantId: counted }, CRM_1);
    await deploy({ deployments: pipelineWith(plane, faults), tenantId: counted }, CRM_2);
    for (const failAt of failingOf(counts.calls)) {
      const tenantId = await activeTenant(plane);
      await deploy({ ...plane, tenantId }, CRM_1);
      const driver = await plane.router.getTenantClient(tenantId);
      const before = await driver.find('account');
      const deployments = pipelineWith(plane, failingCall('after', failAt).faults);
      await deploy({ deployments, tenantId }, CRM_2).catch(() => null);
      expect(await deploy({ ...plane, tenantId }, CRM_2)).toMatchObject({ status: 'ready' });
      const expected = before.map((record) => ({ ...record, rating: null, region: null }));
      expect(await driver.find('account'), `call ${failAt}`).toEqual(expected);
      expect(await driver.count('region')).toBe(1);
    }
  });

  it('is completed by planning again, and can then be rolled back', async () => {
    const plane = await openDeployPlane();
    const { counts, faults } = failingCall('after', 0);
    const counted = await activeTenant(plane);
    await deploy({ ...plane, tenantId: counted }, CRM_1);
    await deploy({ deployments: pipelineWith(plane, faults), tenantId: counted }, CRM_2);
    const recoveries = new Set<string>();
    for (const failAt of failingOf(counts.calls)) {
      const tenantId = await activeTenant(plane);
      const tenant = { ...plane, tenantId };
      await deploy(tenant, CRM_1);
      const driver = await plane.router.getTenantClient(tenantId);
      const before = await driver.find('account');
      const deployments = pipelineWith(plane, failingCall('after', failAt).faults);
      await deploy({ deployments, tenantId }, CRM_2).catch(() => null);
      const { outcome, status, deploymentId } = await deploy(tenant, CRM_2);
      expect(status, `call ${failAt}`).toBe('ready');
      recoveries.add(outcome);
      expect(await driver.count('_os_deployment', {}, { system: true }), `call ${failAt}`).toBe(2);
      await plane.deployments.rollbackDeployment(tenantId, deploymentId);
      expect(await driver.find('account'), `call ${failAt}`).toEqual(before);
    }
    expect(recoveries).toEqual(new Set(['applied', 'unchanged']));
  });
});
