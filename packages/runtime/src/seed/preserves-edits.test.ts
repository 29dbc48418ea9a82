import { describe, expect, it } from 'vitest';
import { deploy, openTenant, recordsBy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const version = (names: [string, string], preserveEdits: boolean, number: string) =>
  bundleOf(
    {
      objects: [objectOf('item', { code: text, name: text })],
      seedData: [
        {
          object: 'item',
          externalId: 'code',
          preserveEdits,
          records: [
            { code: 'a', name: names[0] },
            { code: 'b', name: names[1] },
          ],
        },
      ],
    },
    number,
  );

describe('preserveEdits', () => {
  it.each([
    [true, { a: ['Mine'], b: ['2'], c: ['Own'] }],
    [false, { a: ['2'], b: ['2'], c: ['Own'] }],
  ])('%s: updates records that only seed data wrote', async (preserveEdits, expected) => {
    const tenant = await openTenant();
    await deploy(tenant, version(['1', '1'], preserveEdits, '1.0.0'));
    const edited = await tenant.driver.findOne('item', { where: { code: 'a' } });
    await tenant.driver.update('item', edited?.id ?? '', { name: 'Mine' });
    await tenant.driver.create('item', { code: 'c', name: 'Own' });
    const { seeds } = await deploy(tenant, version(['2', '2'], preserveEdits, '2.0.0'));
    expect(await recordsBy(tenant.driver, 'item', 'code', ['name'])).toEqual(expected);
    expect(seeds).toMatchObject([
      preserveEdits ? { updated: 1, unchanged: 1 } : { updated: 2, unchanged: 0 },
    ]);
  });

  it('leaves a record alone that seed data did not create', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects: [objectOf('item', { code: text, name: text })] }));
    await tenant.driver.create('item', { code: 'a', name: 'Mine' });
    await deploy(tenant, version(['1', '1'], true, '2.0.0'));
    expect(await recordsBy(tenant.driver, 'item', 'code', ['name'])).toEqual({ a: ['Mine'], b: ['1'] });
  });

  it('sets a lookup that waits for its record, and leaves records alone that have the values', async () => {
    const tenant = await openTenant();
    const item = objectOf('item', { name: { type: 'text' }, next: { type: 'lookup', reference: 'item' } });
    const seeded = (records: Record<string, unknown>[], number: string) =>
      bundleOf(
        { objects: [item], seedData: [{ object: 'item', externalId: 'name', preserveEdits: true, records }] },
        number,
      );
    await deploy(tenant, seeded([{ name: 'a' }, { name: 'b' }], '1.0.0'));
    const { seeds } = await deploy(
      tenant,
      seeded([{ name: 'a', next: 'c' }, { name: 'b' }, { name: 'c' }], '2.0.0'),
    );
    expect(seeds).toMatchObject([{ inserted: 1, updated: 1, unchanged: 1 }]);
    const { id } = (await tenant.driver.findOne('item', { where: { name: 'c' } })) ?? {};
    expect(await tenant.driver.findOne('item', { where: { name: 'a' } })).toMatchObject({ next: id });
  });
});
