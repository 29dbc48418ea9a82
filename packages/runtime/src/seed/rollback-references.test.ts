import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { tenantCopies } from '../../test/tenant-copies.js';

const lookup = (reference: string, rest: Partial<Field> = {}): Field => ({
  type: 'lookup',
  reference,
  ...rest,
});
const name: Field = { type: 'text', unique: true };
const plan = objectOf('plan', { name, price: { type: 'number' } });
const subscription = objectOf('subscription', {
  name,
  plan: lookup('plan', { deleteBehavior: 'cascade' }),
  parent: lookup('subscription', { deleteBehavior: 'cascade' }),
});
const note = objectOf('note', { name, plan: lookup('plan') });
const OBJECTS = [plan, subscription, note];
const ALLOW = { allow: ['replace_records:plan'] };

const replace = (object: string, ...records: Record<string, unknown>[]): SeedDatasetInput => ({
  object,
  mode: 'replace',
  records,
});
const feature = (rest: Partial<Field> = {}) => objectOf('feature', { name, plan: lookup('plan', rest) });

type Tenant = Awaited<ReturnType<typeof openTenant>>;

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_os\\_%' ESCAPE '\\'
  AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`;

/** Every record of every table that is not a system table, by table and id. */
async function recordsOf({ driver }: Tenant): Promise<Record<string, unknown[]>> {
  const { rows: tables } = await driver.execute(TABLES);
  const all: Record<string, unknown[]> = {};
  for (const table of tables)
    all[String(table.name)] = (await driver.execute(`SELECT * FROM "${table.name}" ORDER BY 1`))
      .rows as unknown[];
  return all;
}

/** Rolls back; gives the findings of the result, by check. */
async function rollBack(tenant: Tenant, deploymentId: string, options = {}): Promise<Record<string, number>> {
  await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId, options);
  expect((await tenant.driver.execute('SELECT * FROM pragma_foreign_key_check')).rows).toEqual([]);
  const records = await tenant.registry.listDeployments(tenant.tenantId);
  const { result } = records.find(({ rollbackOf }) => rollbackOf === deploymentId) ?? {};
  return Object.fromEntries((result?.findings ?? []).map(({ checkId, rows }) => [checkId, rows]));
}

/** A plan `own` of the customer's with what refers to it: a chain by cascade and a note. */
async function addPlans(tenant: Tenant, objects = OBJECTS): Promise<void> {
  const { driver } = tenant;
  await deploy(tenant, bundleOf({ objects, seedData: [replace('plan', { name: 'free', price: 1 })] }));
  await driver.create('plan', { id: 'own', name: 'own', price: 5 });
  await driver.create('subscription', { id: 's1', name: 's1', plan: 'own' });
  await driver.create('subscription', { id: 's2', name: 's2', parent: 's1' });
  await driver.create('subscription', { id: 's3', name: 's3', parent: 's2' });
  await driver.create('note', { id: 'n', name: 'n', plan: 'own' });
}

const copies = tenantCopies(addPlans);
async function withPlans(objects?: typeof OBJECTS): Promise<Tenant> {
  if (!objects) return (await copies.open()).tenant;
  const tenant = await openTenant();
  await addPlans(tenant, objects);
  return tenant;
}

const seeded = (seedData: SeedDatasetInput[], objects = OBJECTS) => bundleOf({ objects, seedData }, '2.0.0');

describe('a rollback that drops an object whose seeded records refer to others', () => {
  const bundle = (rest: Partial<Field> = {}) =>
    seeded(
      [
        replace('plan', { name: 'free', price: 2 }),
        replace('plan', { name: 'own', price: 7 }),
        replace('feature', { name: 'f', plan: 'own' }),
      ],
      [...OBJECTS, feature(rest)],
    );

  it.each([['set_null'], ['cascade'], ['restrict']] as const)(
    'restores what was there (%s)',
    async (behavior) => {
      const tenant = await withPlans();
      const before = await recordsOf(tenant);
      const { deploymentId } = await deploy(tenant, bundle({ deleteBehavior: behavior }), ALLOW);
      expect(await rollBack(tenant, deploymentId)).toEqual({});
      expect(await recordsOf(tenant)).toEqual(before);
    },
  );

  it('reports what is not restored, over all levels, where the created record is in use', async () => {
    const tenant = await withPlans();
    const { deploymentId } = await deploy(tenant, bundle(), ALLOW);
    const created = await tenant.driver.findOne('plan', { where: { name: 'own' } });
    await tenant.driver.create('note', { name: 'since', plan: created?.id });
    expect(await rollBack(tenant, deploymentId)).toEqual({
      'seed_removed:plan': 1,
      'seed_removed:subscription': 3,
      'seed_reference:note': 1,
      'seed_created:plan': 1,
    });
  });
});

describe('a rollback of seeds that removed and created records', () => {
  const own = { name: 'own', price: 7 };

  it('restores a record that one set overwrote and the next removed', async () => {
    const tenant = await withPlans();
    const before = await recordsOf(tenant);
    const sets = [replace('plan', { name: 'own', price: 2 }), replace('plan', { name: 'pro' })];
    const { deploymentId } = await deploy(tenant, seeded(sets), ALLOW);
    expect(await rollBack(tenant, deploymentId)).toEqual({ 'seed_created:plan': 1 });
    const { plan: plans, ...rest } = await recordsOf(tenant);
    expect(plans?.filter((one) => (one as { name: string }).name !== 'pro')).toEqual(before.plan);
    expect(rest).toEqual({ subscription: before.subscription, note: before.note });
  });

  it('does not restore what only its own seeds had created', async () => {
    const tenant = await withPlans();
    const before = await recordsOf(tenant);
    const sets = [
      replace('plan', { name: 'pro', price: 1 }),
      { ...replace('plan', { name: 'pro', price: 2 }), mode: 'upsert' as const },
      replace('plan', own),
    ];
    const { deploymentId } = await deploy(tenant, seeded(sets), ALLOW);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await recordsOf(tenant)).toEqual(before);
  });

  it('restores a record over one that was created with the same id, and keeps what refers to it', async () => {
    const tenant = await withPlans();
    const before = await recordsOf(tenant);
    const sets = [replace('plan', { name: 'free' }), replace('plan', { id: 'own', name: 'new' })];
    const { deploymentId } = await deploy(tenant, seeded(sets), ALLOW);
    await tenant.driver.create('note', { id: 'since', name: 'since', plan: 'own' });
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    const { note: notes, ...rest } = await recordsOf(tenant);
    expect(notes).toMatchObject([...(before.note ?? []), { id: 'since', plan: 'own' }]);
    expect(rest).toEqual({ plan: before.plan, subscription: before.subscription });
  });

  it('restores a lookup that was emptied and whose record was then overwritten', async () => {
    const tenant = await withPlans();
    const before = await recordsOf(tenant);
    const sets: SeedDatasetInput[] = [
      replace('plan', { name: 'free', price: 1 }),
      { object: 'note', mode: 'upsert', records: [{ name: 'n', plan: 'free' }] },
    ];
    const { deploymentId } = await deploy(tenant, seeded(sets), ALLOW);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await recordsOf(tenant)).toEqual(before);
  });

  it('restores values that were passed on from record to record', async () => {
    const item = objectOf('item', { code: { type: 'text', unique: true }, name });
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects: [item] }));
    for (const code of ['a', 'b', 'c']) await tenant.driver.create('item', { id: code, code, name: code });
    const before = await recordsOf(tenant);
    const upsert = (...records: Record<string, unknown>[]): SeedDatasetInput => ({
      object: 'item',
      mode: 'upsert',
      externalId: 'code',
      records,
    });
    const only: SeedDatasetInput = { ...upsert({ code: 'b' }, { code: 'c' }), mode: 'replace' };
    const sets = [
      upsert({ code: 'c', name: 'd' }, { code: 'b', name: 'c' }),
      only,
      upsert({ code: 'b', name: 'a' }),
    ];
    const allow = { allow: ['replace_records:item'] };
    const { deploymentId } = await deploy(tenant, seeded(sets, [item]), allow);
    expect((await recordsOf(tenant)).item).toMatchObject([
      { code: 'b', name: 'a' },
      { code: 'c', name: 'd' },
    ]);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await recordsOf(tenant)).toEqual(before);
  });

  it('keeps the created record where the removed one cannot be restored for want of its own target', async () => {
    const owner = objectOf('owner', { name });
    const owned = objectOf('plan', { ...plan.fields, owner: lookup('owner') });
    const objects = [owner, owned, subscription, note];
    const tenant = await withPlans(objects);
    await tenant.driver.create('owner', { id: 'o', name: 'o' });
    await tenant.driver.update('plan', 'own', { owner: 'o' });
    const sets = [replace('plan', { name: 'free', price: 2 }), replace('plan', own)];
    const { deploymentId } = await deploy(tenant, seeded(sets, [...objects, feature()]), ALLOW);
    const created = await tenant.driver.find('plan');
    await tenant.driver.delete('owner', 'o');
    expect(await rollBack(tenant, deploymentId)).toEqual({
      'seed_removed:plan': 1,
      'seed_removed:subscription': 3,
      'seed_reference:note': 1,
      'seed_created:plan': 1,
    });
    expect((await recordsOf(tenant)).plan).toMatchObject([{ name: 'free', price: 1 }, { ...created[0] }]);
  });

  it('keeps values that were overwritten where their lookup finds nothing any more, and reports it', async () => {
    const tenant = await withPlans();
    await tenant.driver.create('plan', { id: 'pro', name: 'pro' });
    await tenant.driver.update('note', 'n', { plan: 'pro' });
    const sets: SeedDatasetInput[] = [
      { object: 'note', mode: 'upsert', records: [{ name: 'n', plan: 'free' }] },
    ];
    const { deploymentId } = await deploy(tenant, seeded(sets, [...OBJECTS, feature()]));
    await tenant.driver.delete('plan', 'pro');
    const before = (await recordsOf(tenant)).note;
    expect(await rollBack(tenant, deploymentId)).toEqual({ 'seed_updated:note': 1 });
    expect((await recordsOf(tenant)).note).toEqual(before);
  });
});

describe('a rollback of seeds beside lookups', () => {
  it.each(['feature', 'list'])(
    'restores what a %s of the same deployment referred to, and again when it is redone',
    async (kind) => {
      const tenant = await withPlans();
      const before = await recordsOf(tenant);
      const object =
        kind === 'list' ? objectOf('feature', { name, plan: lookup('plan', { multiple: true }) }) : feature();
      const sets = [
        replace('plan', { name: 'free' }),
        replace('plan', { name: 'own' }),
        replace('feature', { name: 'f', plan: kind === 'list' ? ['own'] : 'own' }),
      ];
      const { deploymentId } = await deploy(tenant, seeded(sets, [...OBJECTS, object]), ALLOW);
      await rollBack(tenant, deploymentId);
      expect(await recordsOf(tenant)).toEqual(before);
      const records = await tenant.registry.listDeployments(tenant.tenantId);
      const rollback = records.find(({ rollbackOf }) => rollbackOf === deploymentId);
      await rollBack(tenant, rollback?.id ?? '');
      expect(await tenant.driver.find('feature')).toMatchObject([
        { name: 'f', plan: kind === 'list' ? ['own'] : 'own' },
      ]);
    },
  );

  it('changes no value of a dropped object that only looks like the id of a record', async () => {
    const tenant = await withPlans();
    const object = objectOf('feature', {
      name,
      plan: lookup('plan'),
      plans: lookup('plan', { multiple: true }),
      label: { type: 'text' },
      codes: { type: 'tags' },
      extra: { type: 'json' },
    });
    const sets = [replace('plan', { name: 'free' }), replace('plan', { id: 'p1', name: 'own' })];
    const { deploymentId } = await deploy(tenant, seeded(sets, [...OBJECTS, object]), ALLOW);
    const values = { label: 'p1', codes: ['p1', 'p10'], extra: { p1: ['p10', 'p1'] } };
    const given = { id: 'f', name: 'f', plan: 'p1', plans: ['p1', 'p10'], ...values };
    await tenant.driver.create('feature', given);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    const records = await tenant.registry.listDeployments(tenant.tenantId);
    const rollback = records.find(({ rollbackOf }) => rollbackOf === deploymentId);
    await rollBack(tenant, rollback?.id ?? '');
    expect(await tenant.driver.find('feature')).toMatchObject([values]);
  });

  it('redirects the items of a list that are the id of the created record, and no others', async () => {
    const tenant = await withPlans();
    const object = objectOf('feature', { name, plans: lookup('plan', { multiple: true }) });
    const sets = [replace('plan', { name: 'free' }), replace('plan', { id: 'p1', name: 'own' })];
    const { deploymentId } = await deploy(tenant, seeded(sets, [...OBJECTS, object]), ALLOW);
    await tenant.driver.create('feature', { id: 'f', name: 'f', plans: ['a', 'p1', 'b'] });
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    const records = await tenant.registry.listDeployments(tenant.tenantId);
    const rollback = records.find(({ rollbackOf }) => rollbackOf === deploymentId);
    await rollBack(tenant, rollback?.id ?? '');
    expect(await tenant.driver.find('feature')).toMatchObject([{ plans: ['a', 'own', 'b'] }]);
  });

  it.each(['set_null', 'cascade', 'restrict'] as const)(
    'restores what a field that it removes referred to (%s)',
    async (deleteBehavior) => {
      const tenant = await withPlans();
      const before = await recordsOf(tenant);
      const field = objectOf('note', { ...note.fields, other: lookup('plan', { deleteBehavior }) });
      const sets: SeedDatasetInput[] = [
        replace('plan', { name: 'free' }),
        replace('plan', { name: 'own' }),
        { object: 'note', mode: 'upsert', records: [{ name: 'n', other: 'own' }] },
      ];
      const { deploymentId } = await deploy(tenant, seeded(sets, [plan, subscription, field]), ALLOW);
      expect(await rollBack(tenant, deploymentId)).toEqual({});
      expect(await recordsOf(tenant)).toEqual(before);
    },
  );

  it.each([
    ['restores a deep tree', false],
    ['reports a deep tree whose root cannot be restored', true],
  ])('%s', async (_what, isBlocked) => {
    const tenant = await withPlans();
    let parent = 's3';
    for (let depth = 0; depth < 40; depth++)
      parent = (await tenant.driver.create('subscription', { id: `d${depth}`, name: `d${depth}`, parent }))
        .id;
    const before = await recordsOf(tenant);
    const bundle = seeded([replace('subscription', { name: 'root' })], [...OBJECTS, feature()]);
    const allow = { allow: ['replace_records:subscription'] };
    const { deploymentId } = await deploy(tenant, bundle, allow);
    if (isBlocked) await tenant.driver.delete('plan', 'own');
    expect(await rollBack(tenant, deploymentId)).toEqual({
      ...(isBlocked && { 'seed_removed:subscription': 43 }),
      'seed_created:subscription': 1,
    });
    const left = await tenant.driver.find('subscription', { where: { name: { $ne: 'root' } } });
    expect(left).toHaveLength(isBlocked ? 0 : (before.subscription?.length ?? 0));
  });
});

describe('a rollback of seeds beside unmanaged tables', () => {
  const theirs = (references: string, onDelete: string) =>
    `CREATE TABLE theirs (id TEXT PRIMARY KEY, plan TEXT REFERENCES plan(${references}) ${onDelete})`;
  const twoSets = (objects = [...OBJECTS, feature()]) =>
    seeded(
      [replace('plan', { name: 'free', price: 2 }), replace('plan', { name: 'own', price: 7 })],
      objects,
    );

  it.each(['ON DELETE CASCADE', 'ON DELETE SET NULL', 'ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED'])(
    'restores their rows (%s)',
    async (onDelete) => {
      const tenant = await withPlans();
      await tenant.driver.execute(theirs('id', onDelete));
      await tenant.driver.execute(`INSERT INTO theirs VALUES ('t', 'own')`);
      const before = await recordsOf(tenant);
      const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
      expect(await rollBack(tenant, deploymentId)).toEqual({});
      expect(await recordsOf(tenant)).toEqual(before);
    },
  );

  it.each(['ON DELETE CASCADE ON UPDATE CASCADE', 'DEFERRABLE INITIALLY DEFERRED'])(
    'changes no row that refers by another value than the id (%s)',
    async (actions) => {
      const tenant = await withPlans();
      const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
      await tenant.driver.execute(theirs('name', actions));
      await tenant.driver.execute(`INSERT INTO theirs VALUES ('t', 'own')`);
      expect(await rollBack(tenant, deploymentId)).toMatchObject({ 'seed_removed:plan': 1 });
      expect((await recordsOf(tenant)).theirs).toEqual([{ id: 't', plan: 'own' }]);
    },
  );

  it.each([
    ['their table is gone', 'DROP TABLE theirs'],
    ['a column of it is gone', 'ALTER TABLE theirs DROP COLUMN note'],
  ])('reports rows that are not restored because %s', async (_what, change) => {
    const tenant = await withPlans();
    await tenant.driver.execute(
      'CREATE TABLE theirs (id TEXT PRIMARY KEY, plan TEXT REFERENCES plan(id) ON DELETE CASCADE, note TEXT)',
    );
    await tenant.driver.execute(`INSERT INTO theirs VALUES ('t', 'own', 'x')`);
    const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
    await tenant.driver.execute(change);
    expect(await rollBack(tenant, deploymentId)).toEqual({ 'seed_removed:theirs': 1 });
  });

  it('restores beside more columns than one expression may join', async () => {
    const tenant = await withPlans();
    const columns = Array.from({ length: 600 }, (_, index) => `c${index}`).join(', ');
    for (const table of ['wide1', 'wide2']) await tenant.driver.execute(`CREATE TABLE ${table} (${columns})`);
    const before = await recordsOf(tenant);
    const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await recordsOf(tenant)).toEqual(before);
  });

  it('restores rows with generated columns', async () => {
    const tenant = await withPlans();
    await tenant.driver.execute(
      `CREATE TABLE theirs (id TEXT PRIMARY KEY, plan TEXT REFERENCES plan(id) ON DELETE CASCADE,
      label TEXT GENERATED ALWAYS AS (upper(plan)) STORED)`,
    );
    await tenant.driver.execute(`INSERT INTO theirs (id, plan) VALUES ('t', 'own')`);
    const before = await recordsOf(tenant);
    const { deploymentId } = await deploy(tenant, twoSets(), ALLOW);
    expect(await rollBack(tenant, deploymentId)).toEqual({});
    expect(await recordsOf(tenant)).toEqual(before);
  });

  it('leaves a violation alone that was there before', async () => {
    const tenant = await withPlans();
    const violating = [
      { sql: `INSERT INTO note (id, name, plan, created_at, updated_at) VALUES ('x', 'x', 'none', '', '')` },
    ];
    await tenant.driver.executeAtomic(violating, { foreignKeys: 'off' });
    const before = await recordsOf(tenant);
    const upsert: SeedDatasetInput = {
      object: 'note',
      mode: 'upsert',
      records: [{ name: 'n' }, { name: 'm' }],
    };
    const { deploymentId } = await deploy(
      tenant,
      seeded([replace('plan', { name: 'free' }), upsert], [...OBJECTS, feature()]),
      ALLOW,
    );
    await tenant.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const after = await recordsOf(tenant);
    expect(after.note?.filter((one) => (one as { name: string }).name !== 'm')).toEqual(before.note);
    expect(after.subscription).toEqual(before.subscription);
  });
});

describe('a rollback of several deployments', () => {
  it('restores what the seeds of each removed', async () => {
    const tenant = await withPlans();
    const before = await recordsOf(tenant);
    const sets = [
      replace('plan', { name: 'free' }),
      replace('plan', { name: 'own' }),
      replace('feature', { name: 'f', plan: 'own' }),
    ];
    const first = await deploy(tenant, seeded(sets, [...OBJECTS, feature()]), ALLOW);
    const later = objectOf('later', {
      name,
      feature: lookup('feature', { deleteBehavior: 'cascade' }),
      plan: lookup('plan'),
    });
    await deploy(
      tenant,
      bundleOf(
        {
          objects: [...OBJECTS, feature(), later],
          seedData: [
            replace('feature', { name: 'g', plan: 'own' }),
            replace('later', { name: 'l', feature: 'g', plan: 'own' }),
          ],
        },
        '3.0.0',
      ),
    );
    await rollBack(tenant, first.deploymentId, { includeLater: true });
    expect(await recordsOf(tenant)).toEqual(before);
  });
});
