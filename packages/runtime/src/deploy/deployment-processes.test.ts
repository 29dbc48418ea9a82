import { readdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createTursoDriver } from '@objectstack/driver-turso';
import type { DataPlane, IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE, randomFrom, SEED, times, withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { KERNEL } from '../../test/control-plane.js';
import { deploy, openDeployPlane, openTenant, planFor, recordsBy } from '../../test/deploy-plane.js';
import { startChild } from '../../test/run-child.js';
import { bundleOf, CRM_1, CRM_2, objectOf } from '../../test/sample-bundles.js';
import { startDeployment } from '../../test/start-deployment.js';
import { tenantCopies } from '../../test/tenant-copies.js';
import { createTenantRouter } from '../router/tenant-router.js';
import { createDeployPipeline } from './create-deploy-pipeline.js';

const TIMEOUT_MS = 180_000;
const AT_ONCE = IS_EXHAUSTIVE ? 3 : 2;
const ROUNDS = Math.max(AT_ONCE, times(18));
/** Several chunks. */
const RECORDS = IS_EXHAUSTIVE ? 600 : 110;
const TAGS = IS_EXHAUSTIVE ? 600 : 20;

const name = { type: 'text', unique: true } as const;
const OLD = bundleOf({ objects: [objectOf('item', { name }), objectOf('tag', { name })] });
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** Twenty more objects, and seeds in several chunks with lookups to later records. */
const NEW = bundleOf(
  {
    objects: [
      objectOf('item', { name, tag: { type: 'lookup', reference: 'tag' }, size: { type: 'number' } }),
      objectOf('tag', { name, first: { type: 'lookup', reference: 'item' } }),
      ...numbered('extra_', 20).map((extra) => objectOf(extra, { name })),
    ],
    seedData: [
      {
        object: 'item',
        records: numbered('i', RECORDS).map((one, index) => ({ name: one, tag: `t${index % TAGS}` })),
      },
      {
        object: 'tag',
        mode: 'insert',
        records: numbered('t', TAGS).map((one) => ({ name: one, first: 'i0' })),
      },
    ],
  },
  '2.0.0',
);

const count = (driver: IDataDriver, object: string) =>
  driver.count(object, { where: { name: { $ne: 'mine' } } });

/** Asserts that tables, metadata and history agree: on the previous version, or on the plan. */
async function expectOneVersion(
  driver: IDataDriver,
  plane: Awaited<ReturnType<typeof openDeployPlane>>,
  plan: MigrationPlan,
) {
  expect((await driver.execute('PRAGMA integrity_check')).rows).toEqual([{ integrity_check: 'ok' }]);
  expect((await driver.execute('PRAGMA foreign_key_check')).rows).toEqual([]);
  const live = await plane.dataPlane.schemaDiff.introspect(driver);
  const isNew = live.planHash === plan.planHash;
  expect(live.schemaHash).toBe(isNew ? plan.targetSchemaHash : plan.baseSchemaHash);
  expect(live.objects).toHaveLength(isNew ? 22 : 2);
  expect(await driver.count('_os_deployment', {}, { system: true })).toBe(isNew ? 2 : 1);
  return isNew;
}

/** A tenant with the previous version, a record of its user, and the plan to the new version. */
const copies = tenantCopies(async (tenant) => {
  await deploy(tenant, OLD);
  await tenant.driver.create('item', { name: 'mine' });
  return planFor(tenant, tenant.tenantId, NEW);
});
async function tenantWithPlan() {
  const { tenant, facts } = await copies.open();
  return { ...tenant, plan: facts };
}

async function durationOfDeployment(): Promise<number> {
  const { dir, tenantId, facts: plan } = await copies.folder();
  const child = await startDeployment(dir, tenantId, plan);
  const startedAt = performance.now();
  child.go();
  expect(await child.outcome).toMatchObject({ status: 'ready' });
  return performance.now() - startedAt;
}

/** Kills the process, then completes the deployment by the same plan or a new one, and rolls it back. */
async function killAfter(milliseconds: number, plansAgain: boolean): Promise<string> {
  const { dir, tenantId, facts: plan } = await copies.folder();
  const child = await startDeployment(dir, tenantId, plan);
  child.go();
  await delay(milliseconds);
  child.kill();
  await child.outcome;
  const plane = await openDeployPlane({ dir });
  const driver = await plane.router.getTenantClient(tenantId);
  const isNew = await expectOneVersion(driver, plane, plan);
  const left = isNew ? await count(driver, 'item') : 0;
  const recovery = plansAgain ? await planFor(plane, tenantId, NEW) : plan;
  const result = await plane.deployments.executeDeployment(tenantId, recovery);
  const recovered = plansAgain ? 'unchanged' : 'already_applied';
  expect(result).toMatchObject({ status: 'ready', outcome: isNew ? recovered : 'applied' });
  // The deployment may have ended before the kill: then a new plan finds all seeds written.
  const hadEnded = plansAgain && isNew && result.seeds[0]?.outcome === 'already_written';
  expect(result.seeds).toMatchObject(
    [RECORDS, TAGS].map((records) => ({
      outcome: hadEnded ? 'already_written' : 'written',
      inserted: hadEnded ? 0 : records,
      unchanged: hadEnded ? records : 0,
      updated: 0,
      failed: 0,
      referencesUnresolved: 0,
    })),
  );
  expect([await count(driver, 'item'), await count(driver, 'tag')]).toEqual([RECORDS, TAGS]);
  expect(await driver.count('item', { where: { name: 'mine' } })).toBe(1);
  const unlinked = await driver.count('item', { where: { tag: null, name: { $ne: 'mine' } } });
  expect([unlinked, await driver.count('tag', { where: { first: null } })]).toEqual([0, 0]);
  if (plansAgain) {
    await plane.deployments.rollbackDeployment(tenantId, result.deploymentId);
    const { schemaHash } = await plane.dataPlane.schemaDiff.introspect(driver);
    expect([schemaHash, await driver.count('item', { where: { name: 'mine' } })]).toEqual([
      plan.baseSchemaHash,
      1,
    ]);
  }
  return isNew ? `new with ${left} records` : 'old';
}

describe('a deployment that is killed', () => {
  it('leaves the previous or the new version, and is completed by the same plan or a new one', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const random = randomFrom(SEED);
    const duration = await durationOfDeployment();
    const moments = Array.from({ length: ROUNDS }, () => random.below(Math.ceil(duration)));
    const found: string[] = [];
    for (let round = 0; round < ROUNDS; round += AT_ONCE)
      found.push(
        ...(await Promise.all(
          moments.slice(round, round + AT_ONCE).map((moment, place) => killAfter(moment, place % 2 === 0)),
        )),
      );
    console.info(`seed ${SEED}: killed within ${Math.round(duration)} ms, found ${found.join(', ')}`);
    expect(found).toHaveLength(ROUNDS);
  });
});

describe('two processes at once', () => {
  it('add one deployment for one plan, with every seed written once', { timeout: TIMEOUT_MS }, async () => {
    const { dir, tenantId, plan, driver, registry } = await tenantWithPlan();
    const children = await Promise.all([
      startDeployment(dir, tenantId, plan),
      startDeployment(dir, tenantId, plan),
    ]);
    for (const child of children) child.go();
    const results = await Promise.all(children.map(({ outcome }) => outcome));
    expect(results.map((result) => result?.status)).toEqual(['ready', 'ready']);
    expect(results[0]?.deploymentId).toBe(results[1]?.deploymentId);
    expect(results.map((result) => result?.outcome).sort()).toEqual(['already_applied', 'applied']);
    expect([await count(driver, 'item'), await count(driver, 'tag')]).toEqual([RECORDS, TAGS]);
    expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
    expect((await registry.listDeployments(tenantId)).map(({ status }) => status)).toEqual([
      'ready',
      'ready',
    ]);
  });

  it('execute one of two plans; the other is plan_stale', { timeout: TIMEOUT_MS }, async () => {
    const tenant = await openTenant();
    const { dir, tenantId, driver } = tenant;
    const plans = [await planFor(tenant, tenantId, CRM_1), await planFor(tenant, tenantId, CRM_2)];
    const children = await Promise.all(plans.map((plan) => startDeployment(dir, tenantId, plan)));
    for (const child of children) child.go();
    const results = await Promise.all(children.map(({ outcome }) => outcome));
    expect(results.map((result) => result?.status ?? result?.code).sort()).toEqual(['plan_stale', 'ready']);
    const winner = results.findIndex((result) => result?.status === 'ready');
    const live = await tenant.dataPlane.schemaDiff.introspect(driver);
    expect(live.planHash).toBe(plans[winner]?.planHash);
    expect(live.schemaHash).toBe(plans[winner]?.targetSchemaHash);
    expect(await driver.count('account')).toBe(2);
  });

  it('lose no record that one process writes while the other deploys', { timeout: TIMEOUT_MS }, async () => {
    const { dir, tenantId, plan, driver } = await tenantWithPlan();
    const child = await startDeployment(dir, tenantId, plan);
    let isOver = false;
    const outcome = child.outcome.finally(() => {
      isOver = true;
    });
    child.go();
    const written: string[] = [];
    while (!isOver) {
      written.push((await driver.create('item', { name: `w${written.length}` })).id);
      await delay(1);
    }
    expect(await outcome).toMatchObject({ status: 'ready' });
    expect(written.length).toBeGreaterThan(0);
    expect(await driver.count('item', { where: { id: { $in: written } } })).toBe(written.length);
    expect(await driver.count('item')).toBe(written.length + RECORDS + 1);
  });
});

describe('a tenant database that cannot be used', () => {
  const files = async (dir: string) =>
    (await readdir(`${dir}/tenants`)).filter((file) => !/-(wal|shm)$/.test(file));

  it.each([
    ['database_not_found', (file: string) => rm(file)],
    ['database_invalid', (file: string) => writeFile(file, 'no database'.repeat(1_000))],
  ])('is reported as %s if it is damaged or missing, and nothing is created', async (code, damage) => {
    const tenant = await openTenant();
    const { dir, tenantId, dataPlane, registry } = tenant;
    const plan = await planFor(tenant, tenantId, CRM_1);
    await dataPlane.close();
    const [file = ''] = await files(dir);
    for (const suffix of ['-wal', '-shm']) await rm(`${dir}/tenants/${file}${suffix}`, { force: true });
    await damage(`${dir}/tenants/${file}`);
    const left = await files(dir);
    for (const deployments of [tenant.deployments, (await openDeployPlane({ dir })).deployments]) {
      await expect(deployments.planDeployment(tenantId, CRM_2)).rejects.toMatchObject({ code });
      await expect(deployments.executeDeployment(tenantId, plan)).rejects.toMatchObject({ code });
    }
    expect(await files(dir)).toEqual(left);
    expect(await registry.listDeployments(tenantId)).toEqual([]);
  });

  it('is reported as database_busy while another process holds it, and the deployment completes later', {
    timeout: 60_000,
  }, async () => {
    const tenant = await openTenant();
    const { dir, tenantId, driver } = tenant;
    const plan = await planFor(tenant, tenantId, CRM_1);
    const [file] = await files(dir);
    const { child, outcome } = await startChild('./hold-lock-child.ts', { path: `${dir}/tenants/${file}` });
    const held = withResolvers<void>();
    child.stdout?.once('data', () => held.resolve());
    await held.promise;
    const url = pathToFileURL(`${dir}/tenants/${file}`).href;
    const dataPlane: DataPlane = Object.create(tenant.dataPlane, {
      createDriver: { value: () => createTursoDriver({ url, busyTimeoutMs: 50 }) },
    });
    const router = createTenantRouter({ ...tenant, dataPlane, kernel: KERNEL });
    const impatient = createDeployPipeline({ ...tenant, dataPlane, router, environment: 'prod' });
    await expect(impatient.executeDeployment(tenantId, plan)).rejects.toMatchObject({
      code: 'database_busy',
    });
    expect(await recordsBy(driver, '_os_deployment', 'id', []).catch(({ code }) => code)).toBe(
      'object_not_found',
    );
    child.stdin?.end();
    await outcome;
    expect(await tenant.deployments.executeDeployment(tenantId, plan)).toMatchObject({
      status: 'ready',
      outcome: 'applied',
    });
    expect(await driver.count('account')).toBe(2);
  });
});
