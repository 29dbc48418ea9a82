import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import { TENANT_OWNER } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const name: Field = { type: 'text' };
const to = (reference: string, rest: Partial<Field> = {}): Field => ({ type: 'lookup', reference, ...rest });
const set = (object: string, records: Record<string, unknown>[], rest: Partial<SeedDatasetInput> = {}) => ({
  object,
  records,
  ...rest,
});

type OpenTenant = Awaited<ReturnType<typeof openTenant>>;

/** Name of the record that each record's lookup refers to. */
async function linksOf({ driver }: OpenTenant, object: string, field: string, target: string) {
  const targets = new Map((await driver.find(target)).map((record) => [record.id, record.name]));
  const nameOf = (id: unknown) => targets.get(id as string) ?? id;
  const records = await driver.find(object);
  return Object.fromEntries(
    records.map((record) => {
      const value = record[field];
      return [record.name, Array.isArray(value) ? value.map(nameOf) : nameOf(value)];
    }),
  );
}

const [team, person] = [
  (fields: Record<string, Field> = {}) => objectOf('team', { name, ...fields }),
  (fields: Record<string, Field> = {}) => objectOf('person', { name, ...fields }),
];

describe('a lookup in a seed', () => {
  it('refers to its target by natural key, whichever set comes first', async () => {
    const tenant = await openTenant();
    const objects = [person({ team: to('team') }), team()];
    const seedData = [set('person', [{ name: 'Ann', team: 'Red' }]), set('team', [{ name: 'Red' }])];
    const result = await deploy(tenant, bundleOf({ objects, seedData }));
    expect(result.seeds.map(({ object, referencesUnresolved }) => [object, referencesUnresolved])).toEqual([
      ['person', 0],
      ['team', 0],
    ]);
    expect(await linksOf(tenant, 'person', 'team', 'team')).toEqual({ Ann: 'Red' });
  });

  it('may form a cycle, required or not, and refer to its own object', async () => {
    const tenant = await openTenant();
    const objects = [
      person({ team: to('team', { required: true }), boss: to('person') }),
      team({ lead: to('person', { required: true }) }),
    ];
    const seedData = [
      set('person', [
        { name: 'Ann', team: 'Red', boss: 'Bob' },
        { name: 'Bob', team: 'Red', boss: 'Bob' },
      ]),
      set('team', [{ name: 'Red', lead: 'Bob' }]),
    ];
    const { seeds } = await deploy(tenant, bundleOf({ objects, seedData }));
    expect(seeds.map((seed) => [seed.inserted, seed.referencesUnresolved, seed.ruleViolations])).toEqual([
      [2, 0, 0],
      [1, 0, 0],
    ]);
    expect(await linksOf(tenant, 'person', 'boss', 'person')).toEqual({ Ann: 'Bob', Bob: 'Bob' });
    expect(await linksOf(tenant, 'team', 'lead', 'person')).toEqual({ Red: 'Bob' });
    expect(await linksOf(tenant, 'person', 'team', 'team')).toEqual({ Ann: 'Red', Bob: 'Red' });
  });

  it('may have several values, by key or by id', async () => {
    const tenant = await openTenant();
    const objects = [team({ members: to('person', { multiple: true }) }), person()];
    const seedData = [
      set('team', [
        { name: 'Red', members: ['Ann', 'b'] },
        { name: 'Blue', members: ['Ann', 'Unknown'] },
      ]),
      set('person', [{ name: 'Ann' }, { id: 'b', name: 'Bob' }]),
    ];
    const { seeds } = await deploy(tenant, bundleOf({ objects, seedData }));
    expect(seeds[0]).toMatchObject({ inserted: 2, referencesUnresolved: 1 });
    expect(seeds[0]?.problems).toEqual([{ record: 1, field: 'members', code: 'reference_unresolved' }]);
    expect(await linksOf(tenant, 'team', 'members', 'person')).toEqual({
      Red: ['Ann', 'Bob'],
      Blue: ['Ann'],
    });
  });

  it.each([
    ['missing', ['Red'], 'Green'],
    ['ambiguous', ['Red', 'Red'], 'Red'],
  ])('stays empty and is counted if its target is %s', async (_why, names, wanted) => {
    const tenant = await openTenant();
    const objects = [team(), person({ team: to('team', { required: true }) })];
    const teams = set(
      'team',
      names.map((one) => ({ name: one })),
      { mode: 'insert' },
    );
    const people = set('person', [{ name: 'Ann', team: wanted }]);
    const result = await deploy(tenant, bundleOf({ objects, seedData: [teams, people] }));
    expect(result).toMatchObject({ status: 'ready' });
    expect(result.seeds[1]).toMatchObject({
      inserted: 1,
      failed: 0,
      referencesUnresolved: 1,
      ruleViolations: 1,
    });
    expect(result.seeds[1]?.problems.map(({ code }) => code)).toEqual(['required', 'reference_unresolved']);
    expect(await linksOf(tenant, 'person', 'team', 'team')).toEqual({ Ann: null });
  });

  it('is stored unchanged if it refers outside of the tenant', async () => {
    const tenant = await openTenant();
    const objects = [person({ account: to('crm__account') })];
    const seedData = [set('person', [{ name: 'Ann', account: 'acc-1' }])];
    expect((await deploy(tenant, bundleOf({ objects, seedData }))).seeds[0]).toMatchObject({
      referencesUnresolved: 0,
    });
    expect(await recordsBy(tenant.driver, 'person', 'name', ['account'])).toEqual({ Ann: ['acc-1'] });
  });

  it('finds the record of an object that another owner deployed', async () => {
    const tenant = await openTenant();
    const { schemaDiff, dialect } = tenant.dataPlane;
    const diff = schemaDiff.diff(await schemaDiff.introspect(tenant.driver), [team()], { owner: 'crm' });
    await schemaDiff.applyMigrations(tenant.driver, schemaDiff.generateMigrations(diff, dialect));
    const red = await tenant.driver.create('team', { name: 'Red' });
    const seedData = [
      set('person', [
        { name: 'Ann', team: 'Red' },
        { name: 'Bob', team: 'Gone' },
      ]),
    ];
    const result = await deploy(tenant, bundleOf({ objects: [person({ team: to('team') })], seedData }));
    expect(result).toMatchObject({ status: 'ready' });
    expect(result.seeds[0]).toMatchObject({ inserted: 2, failed: 0, referencesUnresolved: 1 });
    expect(await recordsBy(tenant.driver, 'person', 'name', ['team'])).toEqual({
      Ann: [red.id],
      Bob: [null],
    });
    const current = await schemaDiff.introspect(tenant.driver);
    expect(current.objects.map(({ owner }) => owner)).toEqual([TENANT_OWNER, 'crm']);
  });

  it('is also resolved on an update, and by the key that the seeds of its target use', async () => {
    const tenant = await openTenant();
    const objects = [team({ code: { type: 'text' } }), person({ team: to('team') })];
    const teams = set(
      'team',
      [
        { code: 'R', name: 'Red' },
        { code: 'B', name: 'Blue' },
      ],
      { externalId: 'code' },
    );
    await deploy(
      tenant,
      bundleOf({ objects, seedData: [teams, set('person', [{ name: 'Ann', team: 'R' }])] }),
    );
    expect(await linksOf(tenant, 'person', 'team', 'team')).toEqual({ Ann: 'Red' });
    const moved = [teams, set('person', [{ name: 'Ann', team: 'B' }])];
    const result = await deploy(tenant, bundleOf({ objects, seedData: moved }, '2.0.0'));
    expect(result.seeds[1]).toMatchObject({ updated: 1 });
    expect(await linksOf(tenant, 'person', 'team', 'team')).toEqual({ Ann: 'Blue' });
  });

  it('can be part of the key of its record', async () => {
    const tenant = await openTenant();
    const objects = [team(), person({ team: to('team') })];
    const teams = set('team', [{ name: 'Red' }, { name: 'Blue' }]);
    const people = (records: Record<string, unknown>[]) =>
      set('person', records, { externalId: ['name', 'team'] });
    const records = [
      { name: 'Ann', team: 'Red' },
      { name: 'Ann', team: 'Blue' },
    ];
    await deploy(tenant, bundleOf({ objects, seedData: [teams, people(records)] }));
    const more = [...records, { name: 'Bob', team: 'Red' }];
    const result = await deploy(tenant, bundleOf({ objects, seedData: [teams, people(more)] }, '2.0.0'));
    expect(result.seeds[1]).toMatchObject({ inserted: 1, updated: 2 });
    expect(await tenant.driver.count('person')).toBe(3);
  });
});
