import type { SeedDatasetInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { databaseContent, deploy, openTenant } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { tenantCopies } from '../../test/tenant-copies.js';
import { createDeployPipeline } from '../deploy/create-deploy-pipeline.js';

/** The process dies after every so many-th call. */
const STEP = IS_EXHAUSTIVE ? 1 : 4;
const ALLOW = { allow: ['replace_records:plan'] };
const plan = objectOf('plan', {
  name: { type: 'text', unique: true },
  price: { type: 'number' },
  note: { type: 'text' },
});
const subscription = objectOf('subscription', {
  name: { type: 'text' },
  plan: { type: 'lookup', reference: 'plan', deleteBehavior: 'cascade' },
  parent: { type: 'lookup', reference: 'subscription', deleteBehavior: 'cascade' },
});
const note = objectOf('note', { name: { type: 'text' }, plan: { type: 'lookup', reference: 'plan' } });

let version = 0;
function bundle(
  mode: SeedDatasetInput['mode'],
  records: SeedDatasetInput['records'],
  objects = [plan, subscription, note],
): DeployBundleInput {
  return bundleOf({ objects, seedData: [{ object: 'plan', mode, records }] }, `1.0.${++version}`);
}

type Tenant = Awaited<ReturnType<typeof openTenant>>;

async function addPlans(tenant: Tenant): Promise<void> {
  const { driver } = tenant;
  await deploy(tenant, bundle('replace', [{ name: 'free', price: 1 }]));
  await driver.create('plan', { id: 'own', name: 'own', price: 0.1, note: 'kept' });
  const sub = await driver.create('subscription', { name: 'sub', plan: 'own' });
  await driver.create('subscription', { name: 'child', parent: sub.id });
  await driver.create('note', { name: 'n', plan: 'own' });
}

const copies = tenantCopies(addPlans);
const withPlans = async (): Promise<Tenant> => (await copies.open()).tenant;

const contents = async ({ driver }: Tenant) => ({
  plans: await driver.find('plan', { orderBy: [{ field: 'name' }] }),
  subscriptions: await driver.find('subscription', { orderBy: [{ field: 'name' }] }),
  notes: await driver.find('note', { orderBy: [{ field: 'name' }] }),
});

/** Rolls the latest deployment back and gives what its result reports, by check. */
async function rollBack(tenant: Tenant, deploymentId: string): Promise<Record<string, number>> {
  await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
  const records = await tenant.registry.listDeployments(tenant.tenantId);
  const { result } = records.find(({ rollbackOf }) => rollbackOf === deploymentId) ?? {};
  return Object.fromEntries((result?.findings ?? []).map(({ checkId, rows }) => [checkId, rows]));
}

describe('a rollback', () => {
  it('restores what a seed removed, along with what went by cascade and the lookups that were emptied', async () => {
    const tenant = await withPlans();
    const before = await contents(tenant);
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'pro' }]), ALLOW);
    expect((await contents(tenant)).plans).toHaveLength(1);
    await tenant.driver.create('note', { name: 'since' });
    expect(await rollBack(tenant, deploymentId)).toEqual({ 'seed_created:plan': 1 });
    const after = await contents(tenant);
    expect(after.plans.filter(({ name }) => name !== 'pro')).toEqual(before.plans);
    expect(after.subscriptions).toEqual(before.subscriptions);
    expect(after.notes).toMatchObject([...before.notes, { name: 'since' }]);
    expect((await tenant.driver.execute('SELECT * FROM pragma_foreign_key_check')).rows).toEqual([]);
  });

  it('restores removed records together with the values that the migration had removed of all records', async () => {
    const tenant = await withPlans();
    const before = await contents(tenant);
    const { note: _note, ...fields } = plan.fields;
    const slim = [objectOf('plan', fields), subscription, note];
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free', price: 1 }], slim), {
      allow: ['remove_field:plan.note', ...ALLOW.allow],
    });
    await rollBack(tenant, deploymentId);
    expect((await contents(tenant)).plans.map(({ note }) => note)).toEqual(
      before.plans.map(({ note }) => note),
    );
  });

  it('leaves what was written since, and reports what does not come back beside it', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free', price: 2 }]), ALLOW);
    await tenant.driver.create('plan', { name: 'own', price: 7 });
    await tenant.driver.updateMany('plan', { where: { name: 'free' } }, { note: 'since' });
    expect(await rollBack(tenant, deploymentId)).toEqual({
      'seed_removed:plan': 1,
      'seed_removed:subscription': 2,
      'seed_reference:note': 1,
      'seed_updated:plan': 1,
    });
    expect((await contents(tenant)).plans).toMatchObject([
      { name: 'free', price: 2, note: 'since' },
      { name: 'own', price: 7 },
    ]);
  });

  describe('of two seed sets, of which the second creates a unique value again', () => {
    const seedData: SeedDatasetInput[] = [
      { object: 'plan', mode: 'replace', records: [{ name: 'free', price: 2 }] },
      { object: 'plan', mode: 'upsert', records: [{ name: 'own', price: 7 }] },
    ];
    const twoSets = (objects = [plan, subscription, note]) =>
      bundleOf({ objects, seedData }, `1.0.${++version}`);
    const created = async ({ driver }: Tenant) =>
      String((await driver.findOne('plan', { where: { name: 'own' } }))?.id);

    it('restores exactly what was there', async () => {
      const tenant = await withPlans();
      const before = await contents(tenant);
      const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
      expect(await created(tenant)).not.toBe('own');
      expect(await rollBack(tenant, deploymentId)).toEqual({});
      expect(await contents(tenant)).toEqual(before);
    });

    const list = objectOf('list', { plans: { type: 'lookup', reference: 'plan', multiple: true } });
    it.each<[string, (tenant: Tenant, id: string) => Promise<unknown>]>([
      ['was changed', ({ driver }, id) => driver.update('plan', id, { note: 'since' })],
      ['is referred to', ({ driver }, id) => driver.create('note', { name: 'since', plan: id })],
      ['is in a list of lookups', ({ driver }, id) => driver.create('list', { plans: [id] })],
      [
        'may violate an index over an expression',
        ({ driver }) => driver.execute('CREATE UNIQUE INDEX theirs ON plan (lower(name))'),
      ],
    ])('keeps the created record and reports it where it %s', async (_what, since) => {
      const tenant = await withPlans();
      const objects = [plan, subscription, note, list];
      await deploy(tenant, bundle('upsert', [{ name: 'more' }], objects));
      const { deploymentId } = await deploy(tenant, twoSets(objects), ALLOW);
      const id = await created(tenant);
      await since(tenant, id);
      expect(await rollBack(tenant, deploymentId)).toMatchObject({ 'seed_removed:plan': 1 });
      expect(await created(tenant)).toBe(id);
    });
  });

  it('restores the values that an upsert wrote over, and the count says how many were edits', async () => {
    const tenant = await openTenant();
    const { driver } = tenant;
    await deploy(
      tenant,
      bundle('upsert', [
        { name: 'a', price: 1 },
        { name: 'b', price: 1 },
      ]),
    );
    await driver.create('plan', { name: 'c', price: 5 });
    await driver.updateMany('plan', { where: { name: 'a' } }, { price: 9, note: 'mine' });
    const before = await contents(tenant);
    const records = ['a', 'b', 'c'].map((name) => ({ name, price: 2 }));
    const { seeds, deploymentId } = await deploy(tenant, bundle('upsert', records));
    expect(seeds).toMatchObject([{ inserted: 0, updated: 3, overwritten: 2 }]);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await contents(tenant)).toEqual(before);
    const again = await deploy(tenant, bundle('upsert', records));
    expect(again.seeds).toMatchObject([{ outcome: 'written', updated: 3, overwritten: 2 }]);
  });

  it('counts an edit as overwritten only where the seed changes it', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundle('upsert', [{ name: 'a', price: 1 }]));
    await tenant.driver.updateMany('plan', { where: { name: 'a' } }, { note: 'mine' });
    const { seeds } = await deploy(tenant, bundle('upsert', [{ name: 'a', price: 1 }, { name: 'b' }]));
    expect(seeds).toMatchObject([{ inserted: 1, updated: 1, overwritten: 0 }]);
  });

  it('asks again before the same seed removes what was restored', async () => {
    const tenant = await withPlans();
    const replacing = bundle('replace', [{ name: 'free', price: 1 }, { name: 'pro' }]);
    const { deploymentId } = await deploy(tenant, replacing, ALLOW);
    await rollBack(tenant, deploymentId);
    await expect(deploy(tenant, replacing)).rejects.toMatchObject({ code: 'destructive_not_allowed' });
    const again = await deploy(tenant, replacing, ALLOW);
    expect(again.seeds).toMatchObject([{ outcome: 'written', removed: 3, referencesCleared: 1 }]);
  });

  const PAST_RETENTION_MS = 8 * 86_400_000;
  const purge = ({ dataPlane, driver }: Tenant) =>
    dataPlane.schemaDiff.purgeRetained(driver, new Date(Date.now() + PAST_RETENTION_MS));

  it('is refused once the retention window of removed records has expired', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free' }]), ALLOW);
    await purge(tenant);
    await expect(rollBack(tenant, deploymentId)).rejects.toMatchObject({ code: 'undo_expired' });
  });

  it('is refused, with nothing changed, once the retention window of overwritten values has expired', async () => {
    const tenant = await withPlans();
    const { deploymentId, seeds } = await deploy(tenant, bundle('upsert', [{ name: 'own', price: 9 }]));
    expect(seeds).toMatchObject([{ updated: 1, removed: 0, referencesCleared: 0 }]);
    await purge(tenant);
    const before = await databaseContent(tenant.driver);
    await expect(rollBack(tenant, deploymentId)).rejects.toMatchObject({
      code: 'undo_expired',
      details: { objects: ['plan'] },
    });
    expect(await databaseContent(tenant.driver)).toEqual(before);
  });

  it('does not require states that only its own seeds gave to records that they created', async () => {
    const tenant = await withPlans();
    const seedData: SeedDatasetInput[] = [1, 2].map((price) => ({
      object: 'plan',
      mode: 'upsert',
      records: [{ name: 'new', price }],
    }));
    const twice = bundleOf({ objects: [plan, subscription, note], seedData }, `1.0.${++version}`);
    const { deploymentId, seeds } = await deploy(tenant, twice);
    expect(seeds).toMatchObject([{ inserted: 1 }, { updated: 1 }]);
    expect(await tenant.driver.count('_os_seed_kept', {}, { system: true })).toBe(1);
    await purge(tenant);
    expect(await tenant.driver.count('_os_seed_kept', {}, { system: true })).toBe(0);
    expect(await rollBack(tenant, deploymentId)).toEqual({ 'seed_created:plan': 1 });
  });

  it('can be rolled back itself after the retention window of values that it restored', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle('upsert', [{ name: 'own', price: 9 }]));
    await rollBack(tenant, deploymentId);
    await purge(tenant);
    const { items } = await tenant.deployments.list(tenant.tenantId);
    const rollback = items.find(({ rollbackOf }) => rollbackOf === deploymentId);
    await tenant.deployments.rollbackDeployment(tenant.tenantId, rollback?.id ?? '');
  });

  it('restores nothing, and is not refused, where the only removed record was erased', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundle('replace', [{ name: 'free' }]));
    await tenant.driver.create('plan', { id: 'own', name: 'own' });
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free', price: 1 }]), ALLOW);
    expect(await tenant.dataPlane.schemaDiff.eraseRetained(tenant.driver, 'plan', ['own'])).toBe(1);
    await rollBack(tenant, deploymentId);
    expect((await contents(tenant)).plans).toMatchObject([{ name: 'free', price: null }]);
  });

  it('does not restore a removed record that was erased', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free' }]), ALLOW);
    expect(await tenant.dataPlane.schemaDiff.eraseRetained(tenant.driver, 'plan', ['own'])).toBe(1);
    await rollBack(tenant, deploymentId);
    expect(await tenant.driver.count('plan', { where: { id: 'own' } })).toBe(0);
    expect((await tenant.driver.execute('SELECT * FROM pragma_foreign_key_check')).rows).toEqual([]);
  });

  it('changes nothing, neither of the seeds nor of the schema, where the schema cannot be rolled back', async () => {
    const tenant = await withPlans();
    const loose = objectOf('plan', {
      name: { type: 'text' },
      price: { type: 'number' },
      note: { type: 'text' },
    });
    const replacing = bundle('replace', [{ name: 'free', price: 2 }], [loose, subscription, note]);
    const { diff } = await tenant.deployments.planDeployment(tenant.tenantId, replacing);
    const allow = [...ALLOW.allow, ...diff.indexes.map(({ id }) => id)];
    const { deploymentId } = await deploy(tenant, replacing, { allow });
    for (const name of ['twice', 'twice']) await tenant.driver.create('plan', { name });
    const before = await databaseContent(tenant.driver);
    await expect(rollBack(tenant, deploymentId)).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await databaseContent(tenant.driver)).toEqual(before);
    await tenant.driver.deleteMany('plan', { where: { name: 'twice' } });
    await rollBack(tenant, deploymentId);
    expect((await contents(tenant)).plans.map(({ name }) => name)).toEqual(['free', 'own']);
  });

  it('restores beside what was written between its planning and its transaction', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle('replace', [{ name: 'free', price: 2 }]), ALLOW);
    const { schemaDiff } = tenant.dataPlane;
    let calls = 0;
    const applyMigrations: typeof schemaDiff.applyMigrations = async (...args) => {
      if (calls++ === 0)
        await tenant.driver.updateMany('plan', { where: { name: 'free' } }, { note: 'since' });
      return schemaDiff.applyMigrations(...args);
    };
    const dataPlane = Object.create(tenant.dataPlane, {
      schemaDiff: { value: Object.create(schemaDiff, { applyMigrations: { value: applyMigrations } }) },
    });
    const deployments = createDeployPipeline({ ...tenant, dataPlane, environment: 'prod' });
    expect(await rollBack({ ...tenant, deployments }, deploymentId)).toEqual({ 'seed_updated:plan': 1 });
    expect(calls).toBe(2);
    expect((await contents(tenant)).plans).toMatchObject([
      { name: 'free', price: 2, note: 'since' },
      { name: 'own', price: 0.1, note: 'kept' },
    ]);
  });

  it('is all or nothing when its process dies after any call, and the next one completes it', {
    timeout: 180_000,
  }, async () => {
    const slim = objectOf('plan', { name: { type: 'text', unique: true }, price: { type: 'number' } });
    const allow = [...ALLOW.allow, 'remove_field:plan.note'];
    const replaced = tenantCopies(async (tenant) => {
      await addPlans(tenant);
      const old = await contents(tenant);
      const replacing = bundle('replace', [{ name: 'free', price: 2 }], [slim, subscription, note]);
      const { deploymentId } = await deploy(tenant, replacing, { allow });
      return { old, deploymentId, latest: await contents(tenant) };
    });
    let survived = 0;
    for (let isOver = false; !isOver; survived += STEP) {
      const { tenant, facts } = await replaced.open();
      const { old, deploymentId, latest } = facts;
      let calls = 0;
      const die = () => {
        if (calls++ >= survived) throw new ObjectStackError({ code: 'database_busy', message: 'Gone.' });
      };
      const faults = { before: () => {}, after: die };
      const deployments = createDeployPipeline(faultyParts({ ...tenant, environment: 'prod' }, faults));
      isOver = await deployments.rollbackDeployment(tenant.tenantId, deploymentId).then(
        () => true,
        () => false,
      );
      await tenant.driver.refresh();
      const found = await contents(tenant);
      expect(found).toEqual(found.plans.length === 2 ? old : latest);
      await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
      expect(await contents(tenant)).toEqual(old);
    }
    expect(survived).toBeGreaterThan(10);
  });
});
