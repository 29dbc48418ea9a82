import type { AppManifestInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openAppTenant } from '../../test/app-plane.js';

const text = { type: 'text' } as const;
const HOUR_MS = 3_600_000;

const SHOP: AppManifestInput = {
  name: 'shop',
  namespace: 'shop',
  version: '1.0.0',
  objects: [
    {
      name: 'shop__order',
      idType: 'integer',
      fields: {
        number: { type: 'autonumber', autonumberFormat: 'O-{0000}' },
        title: { ...text, unique: true },
      },
    },
  ],
};

/** A tenant with the app and three orders, at a time at which retained data can be deleted. */
async function withOrders() {
  const tenant = await openAppTenant();
  const { apps, tenantId, driver, clock } = tenant;
  expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ success: true });
  for (const title of ['a', 'b', 'c']) await driver.create('shop__order', { title });
  clock.advance(Date.now() + HOUR_MS - clock.now().getTime());
  const orders = () => driver.find('shop__order', { orderBy: [{ field: 'id' }] });
  return { ...tenant, orders };
}

describe.each(['keep', 'archive'] as const)(
  'an app that was uninstalled with %s and is installed again',
  (data) => {
    it.each([1, 3])('assigns no id and no number of a deleted record again (%i deleted)', async (deleted) => {
      const { apps, tenantId, driver, orders } = await withOrders();
      for (const { id } of (await orders()).slice(-deleted)) await driver.delete('shop__order', id);
      for (let repeat = 0; repeat < 2; repeat++) {
        await apps.uninstallApp(tenantId, 'shop', { data });
        expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ restoredRecords: 3 - deleted });
      }
      expect(await driver.create('shop__order', { title: 'd' })).toMatchObject({ id: '4', number: 'O-0004' });
    });

    it('has records without a required value filled by a later version, as an upgrade does', async () => {
      const { apps, tenantId, driver, orders } = await withOrders();
      await apps.uninstallApp(tenantId, 'shop', { data });
      const required = { ...text, required: true, storage: { notNull: true } };
      const fields = {
        ...SHOP.objects?.[0]?.fields,
        state: { ...required, defaultValue: 'new' },
        kind: { ...text, required: true, backfill: 'old' },
        note: { ...text, defaultValue: 'only for new records' },
      };
      const objects = [{ name: 'shop__order', idType: 'integer' as const, fields }];
      expect(await apps.installApp(tenantId, { ...SHOP, version: '2.0.0', objects }, {})).toMatchObject({
        restoredRecords: 3,
      });
      expect(await orders()).toMatchObject(
        Array.from({ length: 3 }, () => ({ state: 'new', kind: 'old', note: null })),
      );
      expect(await driver.count('shop__order')).toBe(3);
    });

    it('updates restored seed data that was not changed, and no other', async () => {
      const { apps, tenantId, driver, clock, deployments } = await openAppTenant();
      const seeded = (version: string, title: string): AppManifestInput => ({
        ...SHOP,
        version,
        objects: [
          {
            name: 'shop__order',
            idType: 'integer',
            fields: { code: { ...text, unique: true }, title: text },
          },
        ],
        seedData: [
          {
            object: 'shop__order',
            externalId: 'code',
            records: [
              { code: 'a', title },
              { code: 'b', title },
            ],
          },
        ],
      });
      const titles = async () =>
        (await driver.find('shop__order', { orderBy: [{ field: 'code' }] })).map((order) => order.title);
      await apps.installApp(tenantId, seeded('1.0.0', 'one'), {});
      clock.advance(Date.now() + HOUR_MS - clock.now().getTime());
      const changed = await driver.findOne('shop__order', { where: { code: 'b' } });
      await driver.update('shop__order', changed?.id ?? '', { title: 'ours' });
      for (const version of ['1.1.0', '1.2.0']) {
        await apps.uninstallApp(tenantId, 'shop', { data });
        expect(await apps.installApp(tenantId, seeded(version, version), {})).toMatchObject({
          success: true,
        });
        expect(await titles()).toEqual([version, 'ours']);
      }
      await deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? '');
      await apps.installApp(tenantId, seeded('1.3.0', '1.3.0'), {});
      expect(await apps.upgradeApp(tenantId, 'shop', seeded('1.4.0', '1.4.0'))).toMatchObject({
        success: true,
      });
      expect(await titles()).toEqual(['1.4.0', 'ours']);
    });

    it('has its data also after an earlier such installation was rolled back', async () => {
      const { apps, deployments, tenantId, orders } = await withOrders();
      const before = await orders();
      await apps.uninstallApp(tenantId, 'shop', { data });
      for (let repeat = 0; repeat < 2; repeat++) {
        expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ restoredRecords: 3 });
        expect(await orders()).toEqual(before);
        await deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? '');
      }
      const failing = {
        ...SHOP,
        seedData: [{ object: 'shop__order', mode: 'insert', records: [{ title: 'a' }] }],
      };
      expect(await apps.installApp(tenantId, failing as AppManifestInput, {})).toMatchObject({
        success: false,
        error: { code: 'seed_failed' },
      });
      expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ restoredRecords: 3 });
      expect(await orders()).toEqual(before);
    });
  },
);

describe('an app whose data was archived and then purged', () => {
  it('is installed without it, also by a later purge of the archive', async () => {
    const { apps, tenantId, orders } = await withOrders();
    await apps.uninstallApp(tenantId, 'shop', { data: 'archive' });
    expect(await apps.listArchives(tenantId)).toMatchObject([
      { records: 3, assignedIds: { shop__order: '3' } },
    ]);
    await apps.uninstallApp(tenantId, 'shop', { data: 'purge' });
    expect(await apps.listArchives(tenantId)).toEqual([]);
    expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ success: true, restoredRecords: 0 });
    expect(await orders()).toEqual([]);
  });
});

describe('an app of which another version is installed again', () => {
  const orders = SHOP.objects?.[0];
  const next = (objects: AppManifestInput['objects']): AppManifestInput => ({
    ...SHOP,
    version: '2.0.0',
    ...(objects && { objects }),
  });
  const number = { type: 'autonumber', autonumberFormat: 'O-{0000}' } as const;

  it.each([
    [
      'a field',
      'shop__order.title',
      next([
        {
          name: 'shop__order',
          idType: 'integer',
          fields: { number, label: { ...text, unique: true, renamedFrom: 'title' } },
        },
      ]),
    ],
    [
      'an object',
      'shop__order',
      next([{ ...orders, name: 'shop__sale', fields: orders?.fields ?? {}, renamedFrom: 'shop__order' }]),
    ],
  ])('is refused if it renames %s that has retained data', async (_, subject, manifest) => {
    const { apps, tenantId, orders: stored } = await withOrders();
    const before = await stored();
    await apps.uninstallApp(tenantId, 'shop');
    expect(await apps.installApp(tenantId, manifest, {})).toMatchObject({
      success: false,
      error: { details: { issues: [{ code: 'retained_data', subject }] } },
    });
    expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ restoredRecords: 3 });
    expect(await stored()).toEqual(before);
    expect(await apps.upgradeApp(tenantId, 'shop', manifest)).toMatchObject({ success: true });
  });

  const parent = { type: 'lookup', reference: 'shop__order', required: true } as const;

  it.each<[string, string, AppManifestInput['objects'], AppManifestInput['objects']]>([
    [
      'has integer ids, which the retained records have not',
      'shop__order',
      [{ name: 'shop__order', fields: { title: text } }],
      [{ name: 'shop__order', idType: 'integer', fields: { title: text } }],
    ],
    [
      'refers to another object',
      'shop__line.of',
      [
        { name: 'shop__order', fields: { title: text } },
        { name: 'shop__line', fields: { of: parent } },
      ],
      [
        { name: 'shop__order', fields: { title: text } },
        { name: 'shop__line', fields: { of: { ...parent, reference: 'account' } } },
      ],
    ],
  ])('is refused if it %s', async (_, subject, before, after) => {
    const { apps, tenantId, driver } = await openAppTenant();
    await apps.installApp(tenantId, { ...SHOP, objects: before ?? [] }, {});
    const { id } = await driver.create('shop__order', { title: 'a' });
    if (before?.[1]) await driver.create('shop__line', { of: id });
    await apps.uninstallApp(tenantId, 'shop');
    expect(await apps.installApp(tenantId, next(after), {})).toMatchObject({
      success: false,
      error: { details: { issues: [{ code: 'retained_data', subject }] } },
    });
    expect(await apps.installApp(tenantId, { ...SHOP, objects: before ?? [] }, {})).toMatchObject({
      restoredRecords: before?.length,
    });
  });

  it('is told of values that it has no field for, which stay retained', async () => {
    const { apps, deployments, tenantId, orders: stored } = await withOrders();
    const before = await stored();
    await apps.uninstallApp(tenantId, 'shop');
    const manifest = next([{ name: 'shop__order', idType: 'integer', fields: { number } }]);
    expect(await apps.checkCompatibility(tenantId, manifest)).toMatchObject({
      compatible: true,
      issues: [{ severity: 'warning', subject: 'shop__order.title' }],
    });
    expect(await apps.installApp(tenantId, manifest, {})).toMatchObject({ restoredRecords: 3 });
    await deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? '');
    expect(await apps.installApp(tenantId, SHOP, {})).toMatchObject({ restoredRecords: 3 });
    expect(await stored()).toEqual(before);
  });
});
