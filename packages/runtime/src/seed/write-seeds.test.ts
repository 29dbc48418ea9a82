import type { Field, SeedDatasetInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, openTenant, planFor, recordsBy } from '../../test/deploy-plane.js';
import type { Faults } from '../../test/fault-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const FIELDS: Record<string, Field> = {
  name: { type: 'text' },
  day: { type: 'date' },
  number: { type: 'autonumber', autonumberFormat: 'N-{0000}' },
  kind: { type: 'select', options: [{ label: 'One', value: 'one' }] },
  owner: { type: 'text', required: true },
  next: { type: 'lookup', reference: 'item' },
};
const bundleWith = (
  records: Record<string, unknown>[],
  rest: Partial<SeedDatasetInput> = {},
  fields = FIELDS,
) => bundleOf({ objects: [objectOf('item', fields)], seedData: [{ object: 'item', records, ...rest }] });
const CHUNK = IS_EXHAUSTIVE ? 200 : 20;
/** Three chunks. */
const MANY = 2 * CHUNK + CHUNK / 4;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `r${index}`, owner: 'o' }));

/** Fails the commit of the n-th transaction. */
function failingCommit(failAt: number, error: () => Error): Faults {
  let commits = 0;
  return {
    before: (call) => {
      if (call === 'driver.commit' && ++commits === failAt) throw error();
    },
    after: () => {},
  };
}

describe('writeSeeds', () => {
  it('cuts a timestamp to its UTC day and advances the counter to explicit autonumbers', async () => {
    const tenant = await openTenant();
    await deploy(
      tenant,
      bundleWith([
        { name: 'a', owner: 'o', day: '2026-03-01T23:30:00-05:00', number: 'N-0041' },
        { name: 'b', owner: 'o', day: '2026-03-01' },
      ]),
    );
    expect(await recordsBy(tenant.driver, 'item', 'name', ['day', 'number'])).toEqual({
      a: ['2026-03-02', 'N-0041'],
      b: ['2026-03-01', 'N-0042'],
    });
    expect(await tenant.driver.create('item', { owner: 'o' })).toMatchObject({ number: 'N-0043' });
  });

  it('writes the seeds of an object again that was removed and returns', async () => {
    const tenant = await openTenant();
    const other = objectOf('other', { name: { type: 'text' } });
    const seeded = bundleOf({
      objects: [other, objectOf('item', FIELDS)],
      seedData: [{ object: 'item', records: [{ name: 'a', owner: 'o' }] }],
    });
    await deploy(tenant, seeded);
    await deploy(tenant, bundleOf({ objects: [other] }, '2.0.0'), { allow: ['remove_object:item'] });
    expect(await deploy(tenant, seeded)).toMatchObject({ seeds: [{ outcome: 'written', inserted: 1 }] });
    expect(Object.keys(await recordsBy(tenant.driver, 'item', 'name', []))).toEqual(['a']);
  });

  it('identifies a record by a date that the seed gives as a timestamp', async () => {
    const tenant = await openTenant();
    const fields = { ...FIELDS, days: { type: 'date', multiple: true } } as const;
    const seed = (name: string, day: string) =>
      deploy(
        tenant,
        bundleWith([{ name, owner: 'o', day, days: [day] }], { mode: 'upsert', externalId: 'day' }, fields),
      );
    await seed('a', '2026-03-01');
    expect((await seed('b', '2026-03-01T12:00:00Z')).seeds[0]).toMatchObject({ updated: 1, inserted: 0 });
    expect(await tenant.driver.find('item')).toMatchObject([
      { name: 'b', day: '2026-03-01', days: ['2026-03-01'] },
    ]);
  });

  it('counts violations of required fields and options as warnings', async () => {
    const tenant = await openTenant();
    const result = await deploy(
      tenant,
      bundleWith([
        { name: 'a', kind: 'two' },
        { name: 'b', owner: '' },
      ]),
    );
    expect(result).toMatchObject({ status: 'ready' });
    expect(result.seeds[0]).toMatchObject({ inserted: 2, failed: 0, ruleViolations: 3 });
    expect(result.seeds[0]?.problems).toEqual([
      { record: 0, field: 'kind', code: 'option' },
      { record: 0, field: 'owner', code: 'required' },
      { record: 1, field: 'owner', code: 'required' },
    ]);
  });

  it('fails with seed_failed and the count, and continues with a corrected bundle', async () => {
    const tenant = await openTenant();
    const fields = { ...FIELDS, owner: { type: 'text', unique: true } } as const;
    const records = [
      { name: 'a', owner: 'x' },
      { name: 'b', owner: 'x' },
      { name: 'c', owner: 'z' },
    ];
    const broken = await deploy(tenant, bundleWith(records, {}, fields));
    expect(broken).toMatchObject({
      status: 'failed',
      outcome: 'applied',
      error: { code: 'seed_failed', details: { failed: 1 } },
    });
    expect(broken.seeds[0]).toMatchObject({
      inserted: 2,
      failed: 1,
      problems: [{ record: 1, code: 'unique_violation' }],
    });
    const [first, , last] = records;
    const mended = await deploy(
      tenant,
      bundleWith([first, { name: 'b', owner: 'y' }, last] as never, {}, fields),
    );
    expect(mended).toMatchObject({ status: 'ready' });
    expect(mended.seeds[0]).toMatchObject({ inserted: 1, updated: 2, failed: 0 });
    expect(await tenant.driver.count('item')).toBe(3);
  });

  it('retries a failed set with the same plan, and completes once the data is corrected', async () => {
    const tenant = await openTenant();
    const { deployments, tenantId, driver } = tenant;
    const fields = { ...FIELDS, owner: { type: 'text', unique: true } } as const;
    await deploy(tenant, bundleOf({ objects: [objectOf('item', fields)] }));
    const mine = await driver.create('item', { name: 'mine', owner: 'x' });
    const plan = await planFor(
      tenant,
      tenantId,
      bundleWith(
        [
          { name: 'a', owner: 'x' },
          { name: 'b', owner: 'y' },
        ],
        { mode: 'insert' },
        fields,
      ),
    );
    const failed = await deployments.executeDeployment(tenantId, plan);
    expect(failed.seeds[0]).toMatchObject({ inserted: 1, failed: 1 });
    await driver.update('item', mine.id, { owner: 'me' });
    const retried = await deployments.executeDeployment(tenantId, plan);
    expect(retried).toMatchObject({
      status: 'ready',
      outcome: 'already_applied',
      deploymentId: failed.deploymentId,
    });
    expect(retried.seeds[0]).toMatchObject({ outcome: 'written', inserted: 1, unchanged: 1, failed: 0 });
    expect(Object.keys(await recordsBy(driver, 'item', 'name', []))).toEqual(['a', 'b', 'mine']);
  });

  it('lists the first twenty problems and counts all', async () => {
    const tenant = await openTenant();
    const records = Array.from({ length: 30 }, (_, index) => ({ name: `r${index}` }));
    const [seed] = (await deploy(tenant, bundleWith(records))).seeds;
    expect(seed).toMatchObject({ ruleViolations: 30 });
    expect(seed?.problems).toHaveLength(20);
  });

  const chain = many(MANY).map((record, index) => ({ ...record, next: `r${(index + 1) % MANY}` }));

  const MODES = ['upsert', 'insert', 'replace', 'ignore'] as const;

  it.each(MODES)(
    'resumes after an interruption of a %s in any chunk, with every record written once',
    async (mode) => {
      const chunks = [2, 3, 4, 5].filter((chunk) => isSampled(chunk + MODES.indexOf(mode), 2));
      const outcomes: unknown[] = [];
      for (const failAt of chunks) {
        const lost = () => new ObjectStackError({ code: 'database_busy', message: 'Busy.' });
        const tenant = await openTenant({
          faults: failingCommit(failAt, lost),
          seedChunkSize: CHUNK,
        });
        const { tenantId, deployments, driver } = tenant;
        const plan = await planFor(tenant, tenantId, bundleWith(chain, { mode }));
        await expect(deployments.executeDeployment(tenantId, plan)).rejects.toMatchObject({
          code: 'database_busy',
        });
        const mine = await driver.create('item', { name: 'mine', owner: 'me' });
        const { seeds } = await deployments.executeDeployment(tenantId, plan);
        expect(seeds[0]).toMatchObject({
          outcome: 'written',
          inserted: MANY,
          updated: 0,
          failed: 0,
          referencesUnresolved: 0,
        });
        expect(await driver.count('item')).toBe(MANY + 1);
        expect(await driver.findOne('item', { where: { id: mine.id } })).toMatchObject({ name: 'mine' });
        const r0 = await driver.findOne('item', { where: { name: 'r0' } });
        outcomes.push(await driver.count('item', { where: { next: r0?.id ?? '' } }));
      }
      expect(outcomes).toEqual(chunks.map(() => 1));
    },
  );

  it('counts written records if an error that is not about a record ends it', async () => {
    const fatal = () => new ObjectStackError({ code: 'internal', message: 'Broken.' });
    const tenant = await openTenant({ faults: failingCommit(2, fatal), seedChunkSize: 200 });
    const plan = await planFor(tenant, tenant.tenantId, bundleWith(many(450)));
    const failed = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(failed).toMatchObject({ status: 'failed', outcome: 'applied', error: { code: 'internal' } });
    expect(failed.seeds[0]).toMatchObject({ records: 450, inserted: 200 });
    expect(await tenant.driver.count('item')).toBe(200);
    const { seeds } = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(seeds[0]).toMatchObject({ inserted: 450 });
  });

  it('skips a pending lookup of a record that a user deleted meanwhile', async () => {
    const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Busy.' });
    const tenant = await openTenant({ faults: failingCommit(2, busy), seedChunkSize: 200 });
    const { tenantId, deployments, driver } = tenant;
    const records = [
      { name: 'a', owner: 'o', next: 'b' },
      { name: 'b', owner: 'o' },
    ];
    const plan = await planFor(tenant, tenantId, bundleWith(records));
    await expect(deployments.executeDeployment(tenantId, plan)).rejects.toMatchObject({
      code: 'database_busy',
    });
    await driver.deleteMany('item', { where: { name: 'a' } });
    const result = await deployments.executeDeployment(tenantId, plan);
    expect(result).toMatchObject({ status: 'ready' });
    expect(result.seeds[0]).toMatchObject({
      inserted: 2,
      referencesUnresolved: 1,
      problems: [{ record: 0, field: 'next', code: 'record_not_found' }],
    });
  });

  it('stops if another deployment follows, without changing its seeds', async () => {
    const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Busy.' });
    const tenant = await openTenant({ faults: failingCommit(2, busy), seedChunkSize: CHUNK });
    const { tenantId, deployments, driver } = tenant;
    const first = await planFor(tenant, tenantId, bundleWith(many(MANY)));
    await expect(deployments.executeDeployment(tenantId, first)).rejects.toMatchObject({
      code: 'database_busy',
    });
    const second = bundleWith(many(MANY).map((record) => ({ ...record, owner: 'second' })));
    const result = await deploy(tenant, second);
    expect(result.seeds[0]).toMatchObject({ inserted: MANY - CHUNK, updated: CHUNK });
    await expect(deployments.executeDeployment(tenantId, first)).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await driver.count('item', { where: { owner: 'second' } })).toBe(MANY);
  });
});
