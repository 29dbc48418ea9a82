import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import type { DeployBundleInput, DeployResult, SeedResult } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const FIELDS: Record<string, Field> = {
  name: { type: 'text', required: true },
  size: { type: 'number' },
  note: { type: 'text' },
};

let version = 0;
const withSeeds = (
  sets: Partial<SeedDatasetInput>[],
  fields = FIELDS,
  objects = [objectOf('item', fields)],
): DeployBundleInput =>
  bundleOf(
    { objects, seedData: sets.map((set) => ({ object: 'item', records: [], ...set })) },
    `1.0.${++version}`,
  );

/**
 * Counts of inserted, updated, unchanged and failed records of each set. Asserts that they add up to the records of a
 * processed set.
 */
function countsOf({ seeds }: DeployResult): number[][] {
  return seeds.map(({ inserted, updated, unchanged, failed, records, outcome }: SeedResult) => {
    if (outcome !== 'other_environment') expect(inserted + updated + unchanged + failed).toBe(records);
    return [inserted, updated, unchanged, failed];
  });
}

const items = (driver: Parameters<typeof recordsBy>[0]) => recordsBy(driver, 'item', 'name', ['size']);
const A1 = { name: 'a', size: 1 };
const A2 = { name: 'a', size: 2 };
const B = { name: 'b', size: 1 };
const C = { name: 'c', size: 1 };

describe('a seed mode', () => {
  it.each([
    ['upsert', [2, 0, 0, 0], [1, 1, 0, 0], { a: [2], b: [1], c: [1], mine: [9] }],
    ['ignore', [2, 0, 0, 0], [1, 0, 1, 0], { a: [1], b: [1], c: [1], mine: [9] }],
    ['update', [0, 0, 2, 0], [0, 0, 2, 0], { mine: [9] }],
    ['replace', [2, 0, 0, 0], [1, 1, 0, 0], { a: [2], c: [1] }],
    ['insert', [2, 0, 0, 0], [1, 0, 1, 0], { a: [1], b: [1], c: [1], mine: [9] }],
  ] as const)(
    '%s writes a set, skips it while unchanged, and writes it when it changes',
    async (mode, first, changed, end) => {
      const tenant = await openTenant();
      const set = [{ mode, records: [A1, B] }];
      expect(countsOf(await deploy(tenant, withSeeds(set)))).toEqual([first]);
      await tenant.driver.create('item', { name: 'mine', size: 9 });
      const again = await deploy(tenant, withSeeds(set));
      expect(again.seeds[0]?.outcome).toBe('already_written');
      expect(countsOf(again)).toEqual([[0, 0, 2, 0]]);
      const next = mode === 'insert' ? [A1, C] : [A2, C];
      const allow = mode === 'replace' ? ['replace_records:item'] : [];
      expect(countsOf(await deploy(tenant, withSeeds([{ mode, records: next }]), { allow }))).toEqual([
        changed,
      ]);
      expect(await items(tenant.driver)).toEqual(end);
    },
  );

  it('update changes existing records and adds none', async () => {
    const tenant = await openTenant();
    await deploy(tenant, withSeeds([]));
    await tenant.driver.create('item', { name: 'a', size: 9, note: 'kept' });
    expect(countsOf(await deploy(tenant, withSeeds([{ mode: 'update', records: [A1, B] }])))).toEqual([
      [0, 1, 1, 0],
    ]);
    expect(await tenant.driver.find('item')).toMatchObject([{ name: 'a', size: 1, note: 'kept' }]);
  });

  it('insert adds a record twice only if the set contains it twice', async () => {
    const tenant = await openTenant();
    expect(countsOf(await deploy(tenant, withSeeds([{ mode: 'insert', records: [B, B] }])))).toEqual([
      [2, 0, 0, 0],
    ]);
    const changed = [C, B, B];
    expect(countsOf(await deploy(tenant, withSeeds([{ mode: 'insert', records: changed }])))).toEqual([
      [1, 0, 2, 0],
    ]);
    expect(await tenant.driver.count('item')).toBe(3);
  });

  it('upsert treats the same key twice in a set as one record', async () => {
    const tenant = await openTenant();
    const result = await deploy(tenant, withSeeds([{ records: [A1, A2] }]));
    expect(countsOf(result)).toEqual([[1, 1, 0, 0]]);
    expect(result.seeds[0]?.overwritten).toBe(0);
    expect(await items(tenant.driver)).toEqual({ a: [2] });
  });

  it('upsert keeps id, creation time, autonumber and fields that the set omits', async () => {
    const tenant = await openTenant();
    const fields = { ...FIELDS, number: { type: 'autonumber', autonumberFormat: 'I-{000}' } } as const;
    await deploy(tenant, withSeeds([{ records: [{ ...A1, number: 'I-007' }] }], fields));
    const [before] = await tenant.driver.find('item');
    await tenant.driver.update('item', before?.id ?? '', { note: 'mine' });
    await deploy(
      tenant,
      withSeeds([{ records: [{ ...A2, number: 'I-009', created_at: '2020-01-01T00:00:00Z' }] }], fields),
    );
    expect(await tenant.driver.find('item')).toMatchObject([
      { id: before?.id, created_at: before?.created_at, number: 'I-007', size: 2, note: 'mine' },
    ]);
    expect(await tenant.driver.create('item', { name: 'b' })).toMatchObject({ number: 'I-008' });
  });

  it('recognizes a record by several keys together', async () => {
    const tenant = await openTenant();
    const set = {
      externalId: ['name', 'size'],
      records: [
        { ...A1, note: 'x' },
        { ...A2, note: 'y' },
      ],
    };
    expect(countsOf(await deploy(tenant, withSeeds([set])))).toEqual([[2, 0, 0, 0]]);
    const changed = {
      ...set,
      records: [
        { ...A1, note: 'z' },
        { ...A2, note: 'y' },
      ],
    };
    expect(countsOf(await deploy(tenant, withSeeds([changed])))).toEqual([[0, 2, 0, 0]]);
    expect(await recordsBy(tenant.driver, 'item', 'size', ['note'])).toEqual({ 1: ['z'], 2: ['y'] });
  });

  it('identifies a record without its key by its content', async () => {
    const tenant = await openTenant();
    const bare = { size: 5 };
    const first = await deploy(tenant, withSeeds([{ records: [bare, A1] }]));
    expect(first.seeds[0]).toMatchObject({ inserted: 2, ruleViolations: 1 });
    expect(countsOf(await deploy(tenant, withSeeds([{ records: [bare, A2] }])))).toEqual([[0, 2, 0, 0]]);
    expect(await tenant.driver.count('item')).toBe(2);
  });

  it('finds a record by its own id when its key was changed by a user', async () => {
    const tenant = await openTenant();
    await deploy(tenant, withSeeds([{ records: [{ id: 'one', ...A1 }] }]));
    await tenant.driver.update('item', 'one', { name: 'renamed' });
    expect(countsOf(await deploy(tenant, withSeeds([{ records: [{ id: 'one', ...A2 }] }])))).toEqual([
      [0, 1, 0, 0],
    ]);
    expect(await items(tenant.driver)).toEqual({ a: [2] });
  });

  it('does not choose among records with the same key', async () => {
    const tenant = await openTenant();
    await deploy(tenant, withSeeds([]));
    await tenant.driver.bulkCreate('item', [
      { name: 'a', size: 7 },
      { name: 'a', size: 8 },
    ]);
    const result = await deploy(tenant, withSeeds([{ records: [A1, B] }]));
    expect(result).toMatchObject({
      status: 'failed',
      error: { code: 'seed_failed', details: { failed: 1 } },
    });
    expect(result.seeds[0]?.problems).toEqual([{ record: 0, code: 'unique_violation' }]);
    expect(await recordsBy(tenant.driver, 'item', 'size', ['name'])).toEqual({
      1: ['b'],
      7: ['a'],
      8: ['a'],
    });
  });

  it('rewrites a record that a user deleted or renamed only if the set changes', async () => {
    const tenant = await openTenant();
    const records = [A1, B];
    await deploy(tenant, withSeeds([{ records }]));
    const [a, b] = await tenant.driver.find('item', { orderBy: [{ field: 'name' }] });
    await tenant.driver.delete('item', a?.id ?? '');
    await tenant.driver.update('item', b?.id ?? '', { name: 'renamed' });
    await deploy(tenant, withSeeds([{ records }]));
    expect(await items(tenant.driver)).toEqual({ renamed: [1] });
    expect(countsOf(await deploy(tenant, withSeeds([{ records: [...records, C] }])))).toEqual([[3, 0, 0, 0]]);
    expect(await items(tenant.driver)).toEqual({ a: [1], b: [1], c: [1], renamed: [1] });
  });

  it('rewrites a set that returns after another one', async () => {
    const tenant = await openTenant();
    const [one, two] = [[{ records: [A1] }], [{ records: [A2] }]];
    await deploy(tenant, withSeeds(one));
    await deploy(tenant, withSeeds(two));
    expect(countsOf(await deploy(tenant, withSeeds(one)))).toEqual([[0, 1, 0, 0]]);
    expect(await items(tenant.driver)).toEqual({ a: [1] });
  });

  it('counts a set that a bundle contains twice once', async () => {
    const tenant = await openTenant();
    const result = await deploy(tenant, withSeeds([{ records: [A1] }, { records: [A1] }]));
    expect(countsOf(result)).toEqual([
      [1, 0, 0, 0],
      [0, 0, 1, 0],
    ]);
  });

  it.each(['upsert', 'insert', 'replace'] as const)('%s of no records is complete', async (mode) => {
    const tenant = await openTenant();
    await deploy(tenant, withSeeds([{ records: [A1] }]));
    const empty = () => withSeeds([{ mode, records: [] }]);
    expect(countsOf(await deploy(tenant, empty()))).toEqual([[0, 0, 0, 0]]);
    expect(await tenant.driver.count('item')).toBe(mode === 'replace' ? 0 : 1);
    await tenant.driver.create('item', { name: 'mine' });
    expect((await deploy(tenant, empty())).seeds[0]?.outcome).toBe('already_written');
    expect(await tenant.driver.count('item', { where: { name: 'mine' } })).toBe(1);
  });

  it('writes only the sets of its environment', async () => {
    const sets = [
      { env: ['dev' as const], records: [A1] },
      { env: ['prod' as const, 'test' as const], records: [B] },
    ];
    for (const [environment, end] of [
      ['dev', { a: [1] }],
      ['test', { b: [1] }],
    ] as const) {
      const tenant = await openTenant({ environment });
      await deploy(tenant, withSeeds(sets));
      expect(await items(tenant.driver)).toEqual(end);
    }
  });
});

describe('replace', () => {
  const objects = (deleteBehavior: Field['deleteBehavior']) => [
    objectOf('item', FIELDS),
    objectOf('part', { name: { type: 'text' }, item: { type: 'lookup', reference: 'item', deleteBehavior } }),
  ];

  it.each(['set_null', 'cascade', 'restrict'] as const)(
    'keeps records that refer to a remaining record (%s)',
    async (behavior) => {
      const tenant = await openTenant();
      await deploy(tenant, withSeeds([{ mode: 'replace', records: [A1] }], FIELDS, objects(behavior)));
      const [a] = await tenant.driver.find('item');
      await tenant.driver.create('part', { name: 'mine', item: a?.id });
      const set = [{ mode: 'replace' as const, records: [A2, B] }];
      expect(countsOf(await deploy(tenant, withSeeds(set, FIELDS, objects(behavior))))).toEqual([
        [1, 1, 0, 0],
      ]);
      expect(await tenant.driver.find('part')).toMatchObject([{ name: 'mine', item: a?.id }]);
    },
  );

  it('removes nothing if a record to remove is still referenced', async () => {
    const tenant = await openTenant();
    await deploy(tenant, withSeeds([{ mode: 'replace', records: [A1] }], FIELDS, objects('restrict')));
    const [a] = await tenant.driver.find('item');
    await tenant.driver.create('part', { name: 'mine', item: a?.id });
    const changed = withSeeds([{ mode: 'replace', records: [B] }], FIELDS, objects('restrict'));
    const result = await deploy(tenant, changed);
    expect(result).toMatchObject({
      status: 'failed',
      outcome: 'applied',
      seeds: [],
      error: { code: 'foreign_key_violation' },
    });
    expect(await items(tenant.driver)).toEqual({ a: [1] });
    await tenant.driver.deleteMany('part', { where: {} });
    expect(countsOf(await deploy(tenant, changed))).toEqual([[1, 0, 0, 0]]);
    expect(await items(tenant.driver)).toEqual({ b: [1] });
  });

  it('does not remove records that a user wrote between a failure and the retry', async () => {
    const tenant = await openTenant();
    const fields = { ...FIELDS, size: { type: 'number', unique: true } } as const;
    const set = withSeeds([{ mode: 'replace', records: [A1, B] }], fields);
    const failed = await deploy(tenant, set);
    expect(countsOf(failed)).toEqual([[1, 0, 0, 1]]);
    const plan = await tenant.deployments.planDeployment(tenant.tenantId, set);
    await tenant.driver.updateMany('item', { where: { name: 'a' } }, { size: 3 });
    await tenant.driver.create('item', { name: 'mine', size: 4 });
    const retried = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(retried).toMatchObject({ status: 'failed' });
    expect(await items(tenant.driver)).toEqual({ a: [1], mine: [4] });
  });
});

describe('a seed key that ignores case', () => {
  it('finds its record, for the set and for lookups to it', async () => {
    const tenant = await openTenant();
    const fields: Record<string, Field> = {
      name: { type: 'text', unique: true, caseSensitive: false },
      size: { type: 'number' },
      parent: { type: 'tree' },
    };
    await deploy(tenant, withSeeds([], fields));
    const { id } = await tenant.driver.create('item', { name: 'Alpha', size: 9 });
    const records = [
      { name: 'ALPHA', size: 1 },
      { name: 'child', parent: 'alpha' },
    ];
    expect(countsOf(await deploy(tenant, withSeeds([{ records }], fields)))).toEqual([[1, 1, 0, 0]]);
    expect(await tenant.driver.findOne('item', { where: { name: 'CHILD' } })).toMatchObject({ parent: id });
  });
});
