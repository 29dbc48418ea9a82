import type { SeedDatasetInput } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const item = objectOf('item', { name: { type: 'text' } });
const lead = objectOf('crm__lead', { name: { type: 'text' }, item: { type: 'lookup', reference: 'item' } });
const ITEMS: SeedDatasetInput = { object: 'item', records: [{ name: 'a' }] };
const LEADS: SeedDatasetInput = {
  object: 'crm__lead',
  mode: 'replace',
  records: [{ name: 'x' }, { name: 'y' }],
};

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Deploys the lead object as another owner, with a record that no seed created. */
async function installLeads({ dataPlane, driver }: Tenant): Promise<void> {
  const { schemaDiff, dialect } = dataPlane;
  const diff = schemaDiff.diff(await schemaDiff.introspect(driver), [lead], { owner: 'crm' });
  await schemaDiff.applyMigrations(driver, schemaDiff.generateMigrations(diff, dialect));
  await driver.create('crm__lead', { name: 'own' });
}

describe('skippedAs', () => {
  it('skips the seeds of an object that the tenant does not have, once and again', async () => {
    const tenant = await openTenant();
    const bundle = bundleOf({ objects: [item], seedData: [LEADS, ITEMS] });
    const plan = await planFor(tenant, tenant.tenantId, bundle);
    expect(plan.findings).toEqual([]);
    expect(plan.warnings).toMatchObject([{ code: 'unknown_object', path: '/seedData/0/object' }]);
    const first = await deploy(tenant, bundle);
    expect(first).toMatchObject({
      status: 'ready',
      seeds: [
        { object: 'crm__lead', outcome: 'unknown_object', records: 2, inserted: 0, failed: 0 },
        { object: 'item', outcome: 'written', inserted: 1 },
      ],
    });
    expect(await deploy(tenant, bundle)).toMatchObject({
      deploymentId: first.deploymentId,
      outcome: 'unchanged',
      seeds: [{ outcome: 'unknown_object' }, { outcome: 'already_written' }],
    });
  });

  it('skips the seeds of an object that another owner deployed, and removes none of its records', async () => {
    const tenant = await openTenant();
    const objects = [item];
    await deploy(tenant, bundleOf({ objects }));
    await installLeads(tenant);
    const bundle = bundleOf({ objects, seedData: [LEADS, ITEMS] }, '1.0.1');
    expect((await planFor(tenant, tenant.tenantId, bundle)).findings).toEqual([]);
    expect((await deploy(tenant, bundle)).seeds.map(({ outcome }) => outcome)).toEqual([
      'unknown_object',
      'written',
    ]);
    expect(await recordsBy(tenant.driver, 'crm__lead', 'name', [])).toEqual({ own: [] });
  });

  it('skips the remaining seeds of an object that the bundle removes', async () => {
    const tenant = await openTenant();
    const removed = objectOf('team', { name: { type: 'text' } });
    const teams: SeedDatasetInput = { object: 'team', mode: 'replace', records: [{ name: 'A' }] };
    await deploy(tenant, bundleOf({ objects: [item, removed], seedData: [teams] }));
    await tenant.driver.create('team', { name: 'own' });
    const bundle = bundleOf({ objects: [item], seedData: [teams] }, '1.0.1');
    expect(await deploy(tenant, bundle, { allow: ['remove_object:team'] })).toMatchObject({
      status: 'ready',
      seeds: [{ outcome: 'unknown_object' }],
    });
  });

  it('needs and accepts no approval for seeds that it skips', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects: [item] }));
    await installLeads(tenant);
    const bundle = bundleOf({ objects: [item], seedData: [LEADS] }, '1.0.1');
    const allow = ['replace_records:crm__lead'];
    await expect(deploy(tenant, bundle, { allow })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { allow },
    });
  });

  it('prefers the environment to the object', async () => {
    const tenant = await openTenant();
    const seedData: SeedDatasetInput[] = [{ ...LEADS, env: ['dev'] }];
    const plan = await planFor(tenant, tenant.tenantId, bundleOf({ objects: [item], seedData }));
    const { tenantId, deployments } = tenant;
    const outcomes = async (options = {}) =>
      (await deployments.executeDeployment(tenantId, plan, options)).seeds.map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['other_environment']);
    expect(await outcomes({ environment: 'dev' })).toEqual(['unknown_object']);
  });
});
