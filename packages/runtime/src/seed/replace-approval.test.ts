import type { Field, ObjectDefinition } from '@objectstack/spec/data';
import type { DeployBundleInput, DeployResult } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const ALLOW = { allow: ['replace_records:plan'] };

/** Plans, subscriptions to them (deleted by cascade), and notes on both (whose lookups are cleared). */
const OBJECTS: ObjectDefinition[] = [
  objectOf('plan', { name: { type: 'text', unique: true }, price: { type: 'number' } }),
  objectOf('subscription', {
    name: { type: 'text' },
    plan: { type: 'lookup', reference: 'plan', deleteBehavior: 'cascade' },
    parent: { type: 'lookup', reference: 'subscription', deleteBehavior: 'cascade' },
  }),
  objectOf('note', {
    name: { type: 'text' },
    plan: { type: 'lookup', reference: 'plan' },
    subscription: { type: 'lookup', reference: 'subscription' },
  }),
];

let version = 0;
const replacing = (names: readonly string[], objects = OBJECTS, object = 'plan'): DeployBundleInput =>
  bundleOf(
    { objects, seedData: [{ object, mode: 'replace', records: names.map((name) => ({ name })) }] },
    `1.0.${++version}`,
  );

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** A tenant with the seeded plans free and basic, and a plan of its own with a subscription, its child, and notes. */
async function withOwnPlan(): Promise<Tenant & { ids: Record<string, string> }> {
  const tenant = await openTenant();
  const { driver } = tenant;
  await deploy(tenant, replacing(['free', 'basic']));
  const own = await driver.create('plan', { name: 'own', price: 0.1 });
  const sub = await driver.create('subscription', { name: 'sub', plan: own.id });
  const child = await driver.create('subscription', { name: 'child', parent: sub.id });
  const note = await driver.create('note', { name: 'both', plan: own.id, subscription: child.id });
  return { ...tenant, ids: { own: own.id, sub: sub.id, child: child.id, note: note.id } };
}

const contents = async ({ driver }: Tenant) => ({
  plans: await driver.find('plan', { orderBy: [{ field: 'name' }] }),
  subscriptions: await driver.find('subscription', { orderBy: [{ field: 'name' }] }),
  notes: await driver.find('note', { orderBy: [{ field: 'name' }] }),
});

const countsOf = ({ seeds: [set] }: DeployResult) => [set?.removed, set?.referencesCleared];

describe('a replacing seed', () => {
  it('reports in advance what it would remove, grouped by creator', async () => {
    const tenant = await withOwnPlan();
    const { ids } = tenant;
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, replacing(['free']));
    expect(plan.findings?.filter(({ checkId }) => checkId.startsWith('replace_'))).toEqual([
      {
        checkId: 'replace_records:plan',
        rows: 4,
        samples: expect.arrayContaining([ids.own, ids.sub, ids.child, ids.note]),
        explanation: expect.stringContaining('did not create'),
      },
      expect.objectContaining({ checkId: 'replace_seeded:plan', rows: 1 }),
    ]);
  });

  it('lists at most five samples', async () => {
    const tenant = await withOwnPlan();
    const more = Array.from({ length: 8 }, (_, index) => ({ name: `more ${index}` }));
    await tenant.driver.bulkCreate('plan', more);
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, replacing(['free']));
    const finding = plan.findings?.find(({ checkId }) => checkId === 'replace_records:plan');
    expect([finding?.rows, finding?.samples?.length]).toEqual([12, 5]);
  });

  it('is rejected without changes until the loss of records that no seed created is approved', async () => {
    const tenant = await withOwnPlan();
    const before = await contents(tenant);
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, replacing(['free']));
    const refused = tenant.deployments.executeDeployment(tenant.tenantId, plan);
    await expect(refused).rejects.toMatchObject({
      code: 'destructive_not_allowed',
      details: { changes: ['replace_records:plan'], rows: 4 },
    });
    expect(await contents(tenant)).toEqual(before);
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toHaveLength(1);
    const result = await tenant.deployments.executeDeployment(tenant.tenantId, plan, ALLOW);
    expect(result.status).toBe('ready');
    expect(countsOf(result)).toEqual([4, 2]);
    const after = await contents(tenant);
    expect(after.plans.map(({ name }) => name)).toEqual(['free']);
    expect(after.subscriptions).toEqual([]);
    expect(after.notes).toMatchObject([{ name: 'both', plan: null, subscription: null }]);
  });

  it('needs no approval for records that seeds created', async () => {
    const tenant = await openTenant();
    await deploy(tenant, replacing(['free', 'basic']));
    expect(countsOf(await deploy(tenant, replacing(['free'])))).toEqual([1, 0]);
  });

  it('needs approval for a record that was deleted and created again under the same id', async () => {
    const tenant = await openTenant();
    await deploy(tenant, replacing(['free', 'basic']));
    const [basic] = await tenant.driver.find('plan', { where: { name: 'basic' } });
    await tenant.driver.delete('plan', basic?.id ?? '');
    await tenant.driver.create('plan', { id: basic?.id, name: 'own' });
    await expect(deploy(tenant, replacing(['free']))).rejects.toMatchObject({
      code: 'destructive_not_allowed',
    });
  });

  it('recognizes its records if their object and key are renamed, and if two objects swap names', async () => {
    const tenant = await openTenant();
    const fields: Record<string, Field> = { name: { type: 'text' } };
    const first = [objectOf('one', fields), objectOf('two', fields)];
    await deploy(tenant, replacing(['a', 'b'], first, 'one'));
    await tenant.driver.create('two', { name: 'own' });
    const swapped = [
      objectOf('two', { title: { type: 'text', renamedFrom: 'name' } }, { renamedFrom: 'one' }),
      objectOf('one', fields, { renamedFrom: 'two' }),
    ];
    const set = { object: 'two', mode: 'replace' as const, externalId: 'title', records: [{ title: 'a' }] };
    const bundle = bundleOf({ objects: swapped, seedData: [set] }, '2.0.0');
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, bundle);
    expect(plan.findings).toMatchObject([{ checkId: 'replace_seeded:two', rows: 1 }]);
    expect(countsOf(await deploy(tenant, bundle))).toEqual([1, 0]);
    expect(await recordsBy(tenant.driver, 'two', 'title', [])).toEqual({ a: [] });
    await expect(deploy(tenant, replacing(['a'], swapped, 'one'))).rejects.toMatchObject({
      details: { changes: ['replace_records:one'], rows: 1 },
    });
  });

  it('counts every record if its key does not fit the field yet', async () => {
    const tenant = await openTenant();
    const objects = (type: 'number' | 'text') => [objectOf('plan', { name: { type } })];
    await deploy(tenant, bundleOf({ objects: objects('number') }, '1.0.0'));
    await tenant.driver.bulkCreate('plan', [{ name: 1 }, { name: 2 }]);
    const bundle = replacing(['1'], objects('text'));
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, bundle);
    expect(plan.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ checkId: 'replace_records:plan', rows: 2 })]),
    );
    expect(countsOf(await deploy(tenant, bundle, ALLOW))).toEqual([1, 0]);
  });

  it('takes every record of a folder of an earlier release for the tenant’s own', async () => {
    const tenant = await openTenant();
    await deploy(tenant, replacing(['free', 'basic']));
    await tenant.driver.execute('DROP TABLE _os_seed_record');
    await tenant.driver.execute('DROP TABLE _os_seed_kept');
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, replacing(['free']));
    expect(plan.findings).toMatchObject([{ checkId: 'replace_records:plan', rows: 1 }]);
    expect(countsOf(await tenant.deployments.executeDeployment(tenant.tenantId, plan, ALLOW))).toEqual([
      1, 0,
    ]);
  });

  it('refuses to remove rows of an unmanaged table', async () => {
    const tenant = await withOwnPlan();
    await tenant.driver.execute(
      'CREATE TABLE audit (at TEXT, plan TEXT REFERENCES "plan" ("id") ON DELETE CASCADE)',
    );
    await tenant.driver.execute('INSERT INTO audit VALUES (?, ?)', ['now', tenant.ids.own ?? '']);
    await expect(deploy(tenant, replacing(['free']), ALLOW)).rejects.toMatchObject({
      code: 'object_conflict',
    });
  });

  it('rejects an approval that no seed of the bundle needs', async () => {
    const tenant = await withOwnPlan();
    const allow = ['replace_records:note'];
    await expect(deploy(tenant, replacing(['free', 'basic', 'own']), { allow })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { allow },
    });
  });

  it('checks again when it writes, and resumes once it is approved', async () => {
    const tenant = await openTenant();
    await deploy(tenant, replacing(['free']));
    const bundle = replacing(['free', 'pro']);
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, bundle);
    await tenant.driver.execute(`CREATE TRIGGER meanwhile AFTER INSERT ON _os_deployment
      BEGIN INSERT INTO plan (id, created_at, updated_at, name) VALUES ('own', '', '', 'own'); END`);
    const failed = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(failed).toMatchObject({
      status: 'failed',
      outcome: 'applied',
      error: { code: 'destructive_not_allowed' },
    });
    const retried = await tenant.deployments.executeDeployment(tenant.tenantId, plan, ALLOW);
    expect(retried.status).toBe('ready');
    expect(countsOf(retried)).toEqual([1, 0]);
  });
});
