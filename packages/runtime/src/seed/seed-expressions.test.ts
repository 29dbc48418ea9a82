import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor } from '../../test/deploy-plane.js';
import type { Faults } from '../../test/fault-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const cel = (source: string) => ({ dialect: 'cel', source });
const FIELDS: Record<string, Field> = {
  name: { type: 'text' },
  day: { type: 'date' },
  at: { type: 'datetime' },
  due: { type: 'date', required: true },
  next: { type: 'lookup', reference: 'item' },
};
const other = objectOf('other', { name: { type: 'text' } });
const bundleWith = (
  records: Record<string, unknown>[],
  rest: Partial<SeedDatasetInput> = {},
  objects = [objectOf('item', FIELDS)],
) => bundleOf({ objects, seedData: [{ object: 'item', records, ...rest }] });

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Times of the deployments, earliest first. */
async function deploymentTimes({ driver }: Tenant): Promise<string[]> {
  const { rows } = await driver.execute('SELECT created_at FROM _os_deployment ORDER BY sequence');
  return rows.map(({ created_at }) => String(created_at));
}

const DAY = 86_400_000;
const shift = (time: string | undefined, days: number) =>
  new Date(Date.parse(time ?? '') + days * DAY).toISOString();

/** Fails the commit of the second chunk of seeds. */
function failingSecondChunk(): Faults {
  let commits = 0;
  return {
    before: (call) => {
      if (call === 'driver.commit' && ++commits === 2)
        throw new ObjectStackError({ code: 'database_busy', message: 'Busy.' });
    },
    after: () => {},
  };
}

describe('an expression in a seed', () => {
  it('has its value at the time of the deployment', async () => {
    const tenant = await openTenant();
    const result = await deploy(
      tenant,
      bundleWith([
        { name: 'a', day: cel('daysAgo(7)'), at: cel('now()'), due: cel('today()') },
        { name: cel('"b" + "c"'), day: '2026-01-31', at: cel('daysFromNow(1)'), due: cel('daysFromNow(3)') },
      ]),
    );
    const [now] = await deploymentTimes(tenant);
    expect(result.seeds[0]).toMatchObject({ inserted: 2, expressionsSkipped: 0, problems: [] });
    expect(await tenant.driver.find('item', { orderBy: [{ field: 'name' }] })).toMatchObject([
      { name: 'a', day: shift(now, -7).slice(0, 10), at: now, due: now?.slice(0, 10) },
      { name: 'bc', day: '2026-01-31', at: shift(now, 1), due: shift(now, 3).slice(0, 10) },
    ]);
  });

  it('is left out and counted if it has no value that its field can store', async () => {
    const tenant = await openTenant();
    const { deployments } = tenant;
    const bundle = bundleWith([
      { name: 'a', day: cel('todday()'), at: cel('os.user.id'), due: cel('today()') },
      { name: 'b', day: cel('1 + 1'), due: cel('1 +') },
    ]);
    expect(deployments.validateBundle(bundle)).toMatchObject({ valid: true, errorCount: 0, warningCount: 5 });
    const result = await deploy(tenant, bundle);
    expect(result).toMatchObject({ status: 'ready' });
    expect(result.seeds[0]).toMatchObject({
      inserted: 2,
      failed: 0,
      expressionsSkipped: 4,
      ruleViolations: 1,
    });
    expect(result.seeds[0]?.problems).toEqual([
      { record: 0, field: 'day', code: 'expression_not_evaluated' },
      { record: 0, field: 'at', code: 'expression_not_evaluated' },
      { record: 1, field: 'day', code: 'expression_not_evaluated' },
      { record: 1, field: 'due', code: 'expression_not_evaluated' },
      { record: 1, field: 'due', code: 'required' },
    ]);
    expect(await tenant.driver.find('item', { orderBy: [{ field: 'name' }] })).toMatchObject([
      { name: 'a', day: null, at: null },
      { name: 'b', day: null, due: null },
    ]);
  });

  it('leaves the value of an existing record unchanged if it is left out', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleWith([{ name: 'a', day: '2026-01-31', due: cel('today()') }]));
    const result = await deploy(tenant, bundleWith([{ name: 'a', day: cel('f()'), due: cel('today()') }]));
    expect(result.seeds[0]).toMatchObject({ updated: 1, expressionsSkipped: 1 });
    expect(await tenant.driver.find('item')).toMatchObject([{ day: '2026-01-31' }]);
  });

  it('may be the natural key of a lookup, also of a record that follows', async () => {
    const tenant = await openTenant();
    const due = '2026-01-31';
    const { seeds } = await deploy(
      tenant,
      bundleWith([
        { name: 'a', due, next: cel('"b"') },
        { name: 'b', due, next: cel('"a"') },
      ]),
    );
    expect(seeds[0]).toMatchObject({ inserted: 2, referencesUnresolved: 0 });
    const [a, b] = await tenant.driver.find('item', { orderBy: [{ field: 'name' }] });
    expect([a?.next, b?.next]).toEqual([b?.id, a?.id]);
  });

  it.each(['upsert', 'replace', 'insert'] as const)(
    'is not evaluated again while the set is unchanged (%s)',
    async (mode) => {
      const tenant = await openTenant();
      const records = [{ name: 'a', at: cel('now()'), due: cel('today()') }];
      await deploy(tenant, bundleWith(records, { mode }));
      const [first] = await deploymentTimes(tenant);
      const again = await deploy(tenant, bundleWith(records, { mode }, [objectOf('item', FIELDS), other]));
      expect(again.seeds[0]).toMatchObject({ outcome: 'already_written' });
      expect(await deploymentTimes(tenant)).toHaveLength(2);
      expect(await tenant.driver.find('item')).toMatchObject([{ at: first }]);
    },
  );

  it('does not affect the identity of a record without a key', async () => {
    const tenant = await openTenant();
    const day = objectOf('day', { on: { type: 'date' }, note: { type: 'text' } });
    const set = (records: Record<string, unknown>[]) =>
      bundleOf({ objects: [day], seedData: [{ object: 'day', records }] });
    await deploy(tenant, set([{ on: cel('today()') }]));
    const { seeds } = await deploy(tenant, set([{ on: cel('today()') }, { note: 'more' }]));
    expect(seeds[0]).toMatchObject({ inserted: 1, updated: 1 });
  });

  it('may identify a record', async () => {
    const tenant = await openTenant();
    const set = { mode: 'replace', externalId: 'day' } as const;
    const day = cel('timestamp("2026-01-31T00:00:00Z")');
    await deploy(tenant, bundleWith([{ name: 'a', day, due: '2026-01-31' }], set));
    const { seeds } = await deploy(tenant, bundleWith([{ name: 'b', day, due: '2026-01-31' }], set));
    expect(seeds[0]).toMatchObject({ updated: 1, inserted: 0, removed: 0 });
    expect(await tenant.driver.find('item')).toMatchObject([{ name: 'b', day: '2026-01-31' }]);
  });

  it('identifies the records of a failed set again when a later deployment retries it', async () => {
    const tenant = await openTenant();
    const item = objectOf('item', { ...FIELDS, code: { type: 'text', unique: true } });
    const records = [
      { name: 'a', at: cel('now()'), due: cel('today()') },
      { name: 'b', at: cel('daysAgo(1)'), due: cel('today()'), code: 'x' },
      { name: 'c', at: cel('daysAgo(2)'), due: cel('today()'), code: 'x' },
    ];
    const set = (objects: (typeof item)[]) => bundleWith(records, { externalId: 'at' }, objects);
    const execute = async (bundle: ReturnType<typeof set>) => {
      const plan = await planFor(tenant, tenant.tenantId, bundle);
      return tenant.deployments.executeDeployment(tenant.tenantId, plan);
    };
    expect((await execute(set([item]))).seeds[0]).toMatchObject({ inserted: 2, failed: 1 });
    expect((await execute(set([item, other]))).seeds[0]).toMatchObject({
      inserted: 0,
      updated: 2,
      failed: 1,
    });
    expect(await tenant.driver.count('item')).toBe(2);
  });

  const CHUNK = 20;
  const MANY = Array.from({ length: 2 * CHUNK + 5 }, (_, index) => ({
    name: `r${index}`,
    at: cel('now()'),
    due: cel('today()'),
  }));
  const timesOf = async ({ driver }: Tenant) => new Set((await driver.find('item')).map(({ at }) => at));

  async function interrupted() {
    const tenant = await openTenant({ faults: failingSecondChunk(), seedChunkSize: CHUNK });
    const plan = await planFor(tenant, tenant.tenantId, bundleWith(MANY));
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({
      code: 'database_busy',
    });
    expect(await tenant.driver.count('item')).toBe(CHUNK);
    return { tenant, plan };
  }

  it('has the same value in all records of a set that was interrupted', async () => {
    const { tenant, plan } = await interrupted();
    const { seeds } = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(seeds[0]).toMatchObject({ inserted: MANY.length });
    expect(await timesOf(tenant)).toEqual(new Set(await deploymentTimes(tenant)));
  });

  it('has the same value if a later deployment continues the set', async () => {
    const { tenant } = await interrupted();
    await deploy(tenant, bundleWith(MANY, {}, [objectOf('item', FIELDS), other]));
    const times = await deploymentTimes(tenant);
    expect(times).toHaveLength(2);
    expect(await timesOf(tenant)).toEqual(new Set(times.slice(0, 1)));
    expect(await tenant.driver.count('item')).toBe(MANY.length);
  });
});
