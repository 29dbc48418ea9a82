import type { DeployResult } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, planFor } from '../../test/deploy-plane.js';
import { expectSettled, factsOf, LEASE_MS, recorded } from '../../test/deployment-facts.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { deployWork, startWork } from '../../test/start-work.js';
import type { StopPoint } from '../../test/stop-point.js';
import { tenantCopies } from '../../test/tenant-copies.js';
import type { Work } from '../../test/work-child.js';

const text = { type: 'text' } as const;
const item = (fields: object = {}) => objectOf('item', { name: { type: 'text', unique: true }, ...fields });
const size = { type: 'number' } as const;
const seeds = (value: number) => [
  { object: 'item', records: [{ name: 'a', size: value }] },
  { object: 'tag', records: [{ name: 't' }] },
];
const TAG = objectOf('tag', { name: { type: 'text', unique: true } });
const OLD = bundleOf({ objects: [item({ note: text }), TAG] });
const NEW = bundleOf({ objects: [item({ size }), TAG], seedData: seeds(1) }, '2.0.0');
const LATER = bundleOf({ objects: [item({ size, color: text }), TAG], seedData: seeds(7) }, '3.0.0');
const ALLOW = ['remove_field:item.note'];

type Moment = keyof typeof MOMENTS;
/** Where a process is stopped: everything that it can leave behind. */
const MOMENTS = {
  'before it is recorded': { at: 'before registry.saveDeployment', occurrence: 1 },
  'before it migrates': { at: 'before schemaDiff.applyMigrations', occurrence: 1 },
  'after it migrated': { at: 'after schemaDiff.applyMigrations', occurrence: 1 },
  'between two seed sets': { at: 'after driver.commit', occurrence: 1 },
  'before its third record': { at: 'before registry.saveDeployment', occurrence: 3 },
  'before its fourth record': { at: 'before registry.saveDeployment', occurrence: 4 },
} satisfies Record<string, StopPoint>;

/** What a call comes to that is stopped at a moment; those marked `rare` belong to the exhaustive tier. */
type Case = [moment: Moment, left: string | null, rare?: 'rare'];
const cases = (all: Case[]): Case[] => all.filter(([, , rare]) => IS_EXHAUSTIVE || !rare);

type Tenant = Awaited<ReturnType<typeof tenantOf>>;

/** A tenant with the old version and a record of its user. */
const copies = tenantCopies(async (tenant) => {
  await deploy(tenant, OLD);
  await tenant.driver.create('item', { id: 'own', name: 'own', note: 'n' });
});
const tenantOf = async () => (await copies.open()).tenant;

/** Stops a process with the work beyond its lease, lets this one go on, and wakes it up again. */
async function overtake(tenant: Tenant, moment: Moment, work: Work, meanwhile: () => Promise<unknown>) {
  const { dir, tenantId, clock } = tenant;
  const started = await startWork({
    dir,
    tenantId,
    work,
    stop: MOMENTS[moment],
    asleepMs: LEASE_MS,
    heartbeatMs: 1,
  });
  expect(started.isStopped).toBe(true);
  clock.advance(LEASE_MS);
  await tenant.deployments.sweep();
  await meanwhile();
  const before = await factsOf(tenant);
  started.goOn();
  const { value } = (await started.outcome) ?? {};
  return { before, value: value as (Partial<DeployResult> & { code?: string }) | null };
}

describe('a deployment whose process is stopped beyond its lease', () => {
  it.each(
    cases([
      ['before it is recorded', 'ready', 'rare'],
      ['before it migrates', 'ready', 'rare'],
      ['after it migrated', 'ready', 'rare'],
      ['between two seed sets', 'ready', 'rare'],
      ['before its third record', 'ready'],
    ]),
  )('takes effect once when another one completes it (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const plan = await planFor(tenant, tenant.tenantId, NEW);
    const work = await deployWork(tenant.dir, plan, ALLOW);
    const { before, value } = await overtake(tenant, moment, work, async () => {
      await tenant.deployments.executeDeployment(tenant.tenantId, plan, { allow: ALLOW });
      await tenant.driver.refresh();
      await tenant.driver.updateMany('item', { where: { name: 'a' } }, { size: 5 });
      await tenant.driver.deleteMany('tag', { where: {} });
    });
    expect(value).toMatchObject({ status: left, seeds: [{ inserted: 1 }, { inserted: 1 }] });
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready']);
    await expectSettled(tenant);
  });

  it.each(
    cases([
      ['before it is recorded', 'plan_stale', 'rare'],
      ['before it migrates', 'plan_stale', 'rare'],
      ['after it migrated', 'ready', 'rare'],
      ['between two seed sets', 'ready'],
      ['before its third record', 'ready', 'rare'],
    ]),
  )('leaves alone what others deployed after it (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const plan = await planFor(tenant, tenant.tenantId, NEW);
    const work = await deployWork(tenant.dir, plan, ALLOW);
    const { before, value } = await overtake(tenant, moment, work, async () => {
      await tenant.deployments.executeDeployment(tenant.tenantId, plan, { allow: ALLOW });
      await deploy(tenant, LATER);
    });
    expect(value?.code ?? value?.status).toBe(left);
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '2.0.0 ready', '3.0.0 ready']);
    await expectSettled(tenant);
  });

  it.each(
    cases([
      ['before it is recorded', 'plan_stale'],
      ['before it migrates', 'ready', 'rare'],
      ['after it migrated', 'ready', 'rare'],
      ['between two seed sets', 'ready', 'rare'],
      ['before its third record', 'ready', 'rare'],
    ]),
  )('stays rolled back when others did so meanwhile (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const plan = await planFor(tenant, tenant.tenantId, NEW);
    const work = await deployWork(tenant.dir, plan, ALLOW);
    const { before, value } = await overtake(tenant, moment, work, async () => {
      const { deploymentId } = await tenant.deployments.executeDeployment(tenant.tenantId, plan, {
        allow: ALLOW,
      });
      await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    });
    expect(value?.code ?? value?.status).toBe(left);
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready']);
    await expectSettled(tenant);
  });
});

describe('a rollback whose process is stopped beyond its lease', () => {
  it.each(
    cases([
      ['before it is recorded', null, 'rare'],
      ['before it migrates', null, 'rare'],
      ['after it migrated', null, 'rare'],
      ['before its third record', null, 'rare'],
      ['before its fourth record', null],
    ]),
  )('takes effect once when another one does the same (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const { deploymentId } = await deploy(tenant, NEW, { allow: ALLOW });
    const { before, value } = await overtake(tenant, moment, { kind: 'rollback', deploymentId }, () =>
      tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId),
    );
    expect(value?.code ?? null).toBe(left);
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual(['1.0.0 ready', '1.0.0 rollback ready', '2.0.0 ready']);
    await expectSettled(tenant);
  });

  it.each(
    cases([
      ['before it is recorded', null, 'rare'],
      ['before it migrates', null, 'rare'],
      ['after it migrated', null, 'rare'],
      ['before its third record', null],
      ['before its fourth record', null, 'rare'],
    ]),
  )('leaves alone what others deployed after it (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const { deploymentId } = await deploy(tenant, NEW, { allow: ALLOW });
    const { before, value } = await overtake(tenant, moment, { kind: 'rollback', deploymentId }, async () => {
      await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
      await deploy(tenant, LATER, { allow: ALLOW });
    });
    expect(value?.code ?? null).toBe(left);
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual([
      '1.0.0 ready',
      '1.0.0 rollback ready',
      '2.0.0 ready',
      '3.0.0 ready',
    ]);
    await expectSettled(tenant);
  });

  it.each(
    cases([
      ['before it is recorded', 'not_latest', 'rare'],
      ['before it migrates', 'not_latest'],
      ['after it migrated', null, 'rare'],
      ['before its third record', null, 'rare'],
      ['before its fourth record', null, 'rare'],
    ]),
  )('stays undone when others redid its deployment meanwhile (%s)', async (moment, left) => {
    const tenant = await tenantOf();
    const { deploymentId } = await deploy(tenant, NEW, { allow: ALLOW });
    const { tenantId, deployments, registry } = tenant;
    const { before, value } = await overtake(tenant, moment, { kind: 'rollback', deploymentId }, async () => {
      await deployments.rollbackDeployment(tenantId, deploymentId);
      const { supersededBy = '' } = (await registry.getDeployment(tenantId, deploymentId)) ?? {};
      await deployments.rollbackDeployment(tenantId, supersededBy);
    });
    expect(value?.code ?? null).toBe(left);
    expect(await factsOf(tenant)).toEqual(before);
    expect(await recorded(tenant)).toEqual([
      '1.0.0 ready',
      '1.0.0 rollback ready',
      '2.0.0 ready',
      '2.0.0 rollback ready',
    ]);
    await expectSettled(tenant);
  });
});
