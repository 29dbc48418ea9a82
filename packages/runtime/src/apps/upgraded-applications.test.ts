import type { DataRecord } from '@objectstack/spec/contracts';
import type { Field, ObjectDefinition } from '@objectstack/spec/data';
import type { AppManifestInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openAppTenant } from '../../test/app-plane.js';

const text = { type: 'text' } as const;

const DEPOT = {
  name: 'depot',
  namespace: 'depot',
  version: '1.0.0',
  objects: [
    {
      name: 'depot__site',
      fields: { name: { ...text, required: true, unique: true }, open: { type: 'boolean' } },
    },
    {
      name: 'depot__item',
      label: 'Item',
      nameField: 'title',
      fields: {
        title: { ...text, required: true },
        site: { type: 'lookup', reference: 'depot__site' },
        price: { type: 'currency' },
        pieces: text,
        fragile: { type: 'boolean' },
        remark: { type: 'textarea' },
        wanted: { type: 'date' },
      },
      indexes: [{ fields: ['title', 'site'] }, { fields: ['price'] }],
      validations: [{ name: 'one_title', type: 'unique', fields: ['title'], message: 'Twice.' }],
    },
  ],
  views: [{ name: 'depot__items', object: 'depot__item', list: { type: 'grid', columns: ['title'] } }],
  seedData: [
    {
      object: 'depot__item',
      externalId: 'title',
      records: [
        { title: 'Lamp', site: 'North', price: 12.5, pieces: '3', fragile: true, wanted: '2026-02-28' },
        { title: 'Table', site: 'South', price: 100, pieces: '40', fragile: false, remark: 'Oak' },
      ],
    },
    {
      object: 'depot__site',
      externalId: 'name',
      records: [
        { name: 'North', open: true },
        { name: 'South', open: false },
      ],
    },
  ],
} satisfies AppManifestInput;

const ITEM = DEPOT.objects[1] as ObjectDefinition;

/** Renames an object and fields that indexes, rules, the view, seed data and lookups by key refer to, and changes types. */
const upgradeTo = (rest: Partial<AppManifestInput>): AppManifestInput => ({
  ...DEPOT,
  version: '2.0.0',
  objects: [
    {
      name: 'depot__place',
      renamedFrom: 'depot__site',
      fields: {
        code: { ...text, required: true, unique: true, renamedFrom: 'name' },
        // A boolean becomes a text, and each of its values fits.
        open: text,
        region: { ...text, required: true, defaultValue: 'unknown' },
      },
    },
    {
      ...ITEM,
      nameField: 'label',
      fields: {
        label: { ...text, required: true, renamedFrom: 'title' },
        place: { type: 'lookup', reference: 'depot__place', renamedFrom: 'site' },
        price: { type: 'number' },
        pieces: { type: 'number' },
        fragile: text,
        remark: text,
        wanted: { type: 'datetime' },
        kind: {
          ...text,
          required: true,
          backfill: { field: 'fragile', values: { true: 'glass', false: 'wood' } },
        },
      } as Record<string, Field>,
      indexes: [{ fields: ['label', 'place'] }, { fields: ['price'] }],
      validations: [{ name: 'one_title', type: 'unique', fields: ['label'], message: 'Twice.' }],
    },
  ],
  views: [{ name: 'depot__items', object: 'depot__item', list: { type: 'grid', columns: ['label'] } }],
  seedData: [
    {
      object: 'depot__item',
      externalId: 'label',
      records: [
        {
          label: 'Lamp',
          place: 'North',
          price: 12.5,
          pieces: 3,
          fragile: 'true',
          wanted: '2026-02-28T00:00:00.000Z',
          kind: 'glass',
        },
        { label: 'Shelf', place: 'West', price: 60, pieces: 1, fragile: 'false', kind: 'wood' },
      ],
    },
    { object: 'depot__place', externalId: 'code', records: [{ code: 'West', region: 'West' }] },
  ],
  ...rest,
});

async function openDepot() {
  const tenant = await openAppTenant();
  const { apps, driver, tenantId } = tenant;
  expect(await apps.installApp(tenantId, DEPOT, {})).toMatchObject({ success: true, seededRecords: 4 });
  const north = await driver.findOne('depot__site', { where: { name: 'North' } });
  await driver.create('depot__item', { title: 'Ours', site: north?.id ?? null, pieces: '7', fragile: false });
  const edited = await driver.findOne('depot__item', { where: { title: 'Lamp' } });
  await driver.update('depot__item', edited?.id ?? '', { remark: 'Kept' });
  const all = (object: string) => driver.find(object, { orderBy: [{ field: 'id' }] });
  return { ...tenant, all };
}

const pick = (records: readonly DataRecord[], ...names: string[]) =>
  records.map((record) => names.map((name) => record[name]));

describe('an application that is upgraded', () => {
  it('keeps every value when names that are referred to, and types, change', async () => {
    const { apps, tenantId, all } = await openDepot();
    const [sites, items] = [await all('depot__site'), await all('depot__item')];
    const result = await apps.upgradeApp(tenantId, 'depot', upgradeTo({}));
    expect(result).toMatchObject({ success: true, conflicts: [], seededRecords: 2 });
    const [places, after] = [await all('depot__place'), await all('depot__item')];
    const known = new Set([...sites, ...items].map(({ id }) => id));
    const old = (records: readonly DataRecord[]) => records.filter(({ id }) => known.has(id));
    expect(pick(old(places), 'id', 'created_at', 'code', 'open', 'region')).toEqual(
      sites.map(({ id, created_at, name, open }) => [id, created_at, name, String(open), 'unknown']),
    );
    expect(
      pick(old(after), 'id', 'label', 'place', 'price', 'pieces', 'fragile', 'remark', 'wanted', 'kind'),
    ).toEqual(
      items.map(({ id, title, site, price, pieces, fragile, remark, wanted }) => [
        id,
        title,
        site,
        price,
        Number(pieces),
        String(fragile),
        remark,
        wanted === null ? null : `${wanted}T00:00:00.000Z`,
        fragile ? 'glass' : 'wood',
      ]),
    );
    expect(pick(after.slice(items.length), 'label', 'place')).toEqual([
      ['Shelf', places.find(({ code }) => code === 'West')?.id],
    ]);
  });

  it('is not changed by an upgrade whose values do not fit', async () => {
    const { apps, driver, tenantId, all } = await openDepot();
    const item = await driver.create('depot__item', { title: 'Odd', pieces: 'some', fragile: true });
    const before = [await all('depot__site'), await all('depot__item')];
    const result = await apps.upgradeApp(tenantId, 'depot', upgradeTo({}));
    expect(result).toMatchObject({ success: false });
    expect([await all('depot__site'), await all('depot__item')]).toEqual(before);
    expect(await apps.get(tenantId, 'depot')).toMatchObject({ version: '1.0.0' });
    await driver.update('depot__item', item.id, { pieces: '5' });
    expect(await apps.upgradeApp(tenantId, 'depot', upgradeTo({}))).toMatchObject({ success: true });
  });

  it('is told the new name of a renamed field that its index, rule or seed data still names', async () => {
    const { apps, tenantId } = await openDepot();
    const [place, item] = upgradeTo({}).objects ?? [];
    const objects = [place, { ...item, indexes: ITEM.indexes, validations: ITEM.validations }];
    const next = upgradeTo({ objects: objects as AppManifestInput['objects'] & object });
    const { issues } = await apps.checkCompatibility(tenantId, next);
    const of = (path: string, from: string, to: string) => ({
      severity: 'error',
      code: 'invalid_component',
      path,
      message: `The object depot__item has no field ${from}. Did you mean \`${to}\`?`,
      suggestion: `Did you mean ${to}?`,
    });
    expect(issues.filter(({ severity }) => severity === 'error')).toMatchObject([
      of('/objects/1/indexes/0/fields/0', 'title', 'label'),
      of('/objects/1/indexes/0/fields/1', 'site', 'place'),
      of('/objects/1/validations/0/fields/0', 'title', 'label'),
    ]);
    const result = await apps.upgradeApp(tenantId, 'depot', next);
    expect(result).toMatchObject({ success: false, error: { code: 'app_incompatible' } });
    expect(await apps.get(tenantId, 'depot')).toMatchObject({ version: '1.0.0' });
  });

  it('has its previous version, names and values again when the upgrade is rolled back', async () => {
    const { apps, deployments, tenantId, all } = await openDepot();
    const before = [await all('depot__site'), await all('depot__item')];
    const { deploymentId = '' } = await apps.upgradeApp(tenantId, 'depot', upgradeTo({}));
    await deployments.rollbackDeployment(tenantId, deploymentId);
    const known = new Set(before.flat().map(({ id }) => id));
    const found = [await all('depot__site'), await all('depot__item')].map((records) =>
      records.filter(({ id }) => known.has(id)).map(({ updated_at: _, ...record }) => record),
    );
    expect(found).toEqual(before.map((records) => records.map(({ updated_at: _, ...record }) => record)));
    expect(await apps.get(tenantId, 'depot')).toMatchObject({ version: '1.0.0' });
    expect(await apps.upgradeApp(tenantId, 'depot', upgradeTo({}))).toMatchObject({ success: true });
  });

  it('is removed with all its records, and restored with them', async () => {
    const { apps, tenantId, all } = await openDepot();
    await apps.upgradeApp(tenantId, 'depot', upgradeTo({}));
    const before = [await all('depot__place'), await all('depot__item')];
    const { records } = await apps.previewUninstall(tenantId, 'depot');
    expect(records).toEqual({ depot__place: 3, depot__item: 4 });
    await apps.uninstallApp(tenantId, 'depot', { data: 'archive' });
    const restored = await apps.installApp(tenantId, upgradeTo({}), {});
    expect(restored).toMatchObject({ success: true, restoredRecords: 7, seededRecords: 0 });
    expect([await all('depot__place'), await all('depot__item')]).toEqual(before);
  });
});
