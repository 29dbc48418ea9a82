import type { SeedDatasetInput } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE, type SqldServer, startSqld } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseContent, deploy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { openServerTenant } from '../../test/server-tenant.js';

const TIMEOUT_MS = 60_000;
const CHUNK = IS_EXHAUSTIVE ? 200 : 15;
/** More than one chunk. */
const RECORDS = CHUNK + 10;
const PLAN = objectOf('plan', { name: { type: 'text', unique: true }, price: { type: 'number' } });
const NOTE = objectOf('note', {
  name: { type: 'text', unique: true },
  plan: { type: 'lookup', reference: 'plan' },
});
const LOOSE = objectOf('plan', { name: { type: 'text' }, price: { type: 'number' } });

const bundle = (version: string, seedData: SeedDatasetInput[], plan = PLAN) =>
  bundleOf({ objects: [plan, NOTE], seedData }, version);

const plans = (mode: SeedDatasetInput['mode'], records: SeedDatasetInput['records']): SeedDatasetInput => ({
  object: 'plan',
  mode,
  records,
});

let server: SqldServer;
beforeAll(async () => {
  server = await startSqld();
}, TIMEOUT_MS);
afterAll(() => server?.stop());

type Tenant = Awaited<ReturnType<typeof openServerTenant>>;

const contents = async ({ driver }: Tenant) => ({
  plans: await driver.find('plan', { orderBy: [{ field: 'name' }] }),
  notes: await driver.find('note', { orderBy: [{ field: 'name' }] }),
});

describe('seeds of a tenant on a server', { timeout: TIMEOUT_MS }, () => {
  it('are written once, in chunks, with lookups to later records', async () => {
    const tenant = await openServerTenant(server, { seedChunkSize: CHUNK });
    const numbers = Array.from({ length: RECORDS }, (_, index) => index);
    const seeds = [
      { object: 'note', records: numbers.map((index) => ({ name: `n${index}`, plan: `p${index % 20}` })) },
      plans(
        'upsert',
        numbers.slice(0, 20).map((index) => ({ name: `p${index}`, price: index })),
      ),
    ];
    const first = await deploy(tenant, bundle('1.0.0', seeds));
    expect(first).toMatchObject({ status: 'ready', seeds: [{ inserted: RECORDS }, { inserted: 20 }] });
    expect(await tenant.driver.count('note', { where: { plan: null } })).toBe(0);
    expect(await deploy(tenant, bundle('1.0.0', seeds))).toMatchObject({ outcome: 'unchanged' });
    expect(await tenant.driver.count('plan')).toBe(20);
  });

  it('replace records, and a rollback restores them with the lookups that were cleared', async () => {
    const tenant = await openServerTenant(server);
    await deploy(tenant, bundle('1.0.0', [plans('replace', [{ name: 'free', price: 1 }])]));
    const own = await tenant.driver.create('plan', { name: 'own', price: 0.1 });
    await tenant.driver.create('note', { name: 'n', plan: own.id });
    const before = await contents(tenant);
    const replacing = bundle('2.0.0', [plans('replace', [{ name: 'free', price: 2 }, { name: 'pro' }])]);
    await expect(deploy(tenant, replacing)).rejects.toMatchObject({ code: 'destructive_not_allowed' });
    const { deploymentId, seeds } = await deploy(tenant, replacing, { allow: ['replace_records:plan'] });
    expect(seeds).toMatchObject([{ inserted: 1, updated: 1, removed: 1, referencesCleared: 1 }]);
    expect((await contents(tenant)).plans.map(({ name }) => name)).toEqual(['free', 'pro']);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const after = await contents(tenant);
    expect(after.notes).toEqual(before.notes);
    expect(after.plans.filter(({ name }) => name !== 'pro')).toEqual(before.plans);
  });

  it('remain unchanged if a rollback is rejected because of later writes', async () => {
    const tenant = await openServerTenant(server);
    await deploy(tenant, bundle('1.0.0', [plans('upsert', [{ name: 'free', price: 1 }])]));
    const loosening = bundle('2.0.0', [plans('upsert', [{ name: 'free', price: 2 }])], LOOSE);
    const { diff } = await tenant.deployments.planDeployment(tenant.tenantId, loosening);
    const allow = diff.indexes.map(({ id }) => id);
    const { deploymentId } = await deploy(tenant, loosening, { allow });
    for (const name of ['twice', 'twice']) await tenant.driver.create('plan', { name });
    const { _os_request: _before, ...before } = await databaseContent(tenant.driver);
    const refused = tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    await expect(refused).rejects.toMatchObject({ code: 'unique_violation' });
    const { _os_request: _after, ...after } = await databaseContent(tenant.driver);
    expect(after).toEqual(before);
    await tenant.driver.deleteMany('plan', { where: { name: 'twice' } });
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    expect((await contents(tenant)).plans).toMatchObject([{ name: 'free', price: 1 }]);
  });
});
