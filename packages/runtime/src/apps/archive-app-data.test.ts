import { describe, expect, it } from 'vitest';
import { CONTACTS, openAppTenant } from '../../test/app-plane.js';
import { deploy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import type { AppContext } from './app-context.js';
import { createAppService } from './create-app-service.js';

const text = { type: 'text' } as const;
const OWN = bundleOf({ objects: [objectOf('account', { name: text })] });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A tenant with an app that has records, at a time at which retained data can be deleted. */
async function withData(options: Pick<AppContext, 'archiveDays'> = {}) {
  const tenant = await openAppTenant(options);
  await deploy(tenant, OWN);
  await tenant.apps.installApp(tenant.tenantId, CONTACTS, {});
  await tenant.driver.create('contacts__person', { code: 'dan', name: 'Dañ "1"\n', phone: null });
  tenant.clock.advance(Date.now() + HOUR_MS - tenant.clock.now().getTime());
  const people = () => tenant.driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
  return { ...tenant, people };
}

const retainedTables = async ({ driver }: Awaited<ReturnType<typeof withData>>) =>
  Number((await driver.execute('SELECT count(*) AS n FROM _os_undo')).rows[0]?.n);

describe('uninstalling an app with its data archived', () => {
  it('moves the data from the database to the bundle store', async () => {
    const tenant = await withData();
    const { apps, tenantId, bundles, people, driver } = tenant;
    const { id } = await driver.create('account', { name: 'A', contacts__score: 0.1 });
    const before = await people();
    await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    expect(await retainedTables(tenant)).toBe(0);
    const [archive] = await apps.listArchives(tenantId);
    expect(archive).toMatchObject({ appId: 'contacts', version: '1.0.0', records: 4 });
    const texts = await Promise.all(
      (archive?.parts ?? []).map(async ({ checksum }) =>
        JSON.parse(new TextDecoder().decode(await bundles.get(checksum))),
      ),
    );
    expect(texts.map(({ object, rows }) => [object, rows.length]).sort()).toEqual([
      ['account', 1],
      ['contacts__person', 3],
    ]);
    const again = await apps.installApp(tenantId, CONTACTS, {});
    expect(again).toMatchObject({ success: true, restoredRecords: 4, seededRecords: 0 });
    expect(await people()).toEqual(before);
    expect(await driver.findOne('account', { where: { id } })).toMatchObject({ contacts__score: 0.1 });
  });

  it('archives data that an earlier call retained', async () => {
    const tenant = await withData();
    const { apps, tenantId } = tenant;
    await apps.uninstallApp(tenantId, 'contacts');
    expect(await apps.listArchives(tenantId)).toEqual([]);
    for (let repeat = 0; repeat < 2; repeat++)
      await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    expect(await apps.listArchives(tenantId)).toHaveLength(1);
    expect(await retainedTables(tenant)).toBe(0);
  });

  it('completes when it is repeated after the bundle store failed', async () => {
    const tenant = await withData();
    const { apps, tenantId, bundles, people } = tenant;
    const before = await people();
    const parts: AppContext = { ...tenant, environment: 'prod', runtimeVersion: '1.2.3' };
    const failing = createAppService({
      ...parts,
      bundles: {
        ...bundles,
        put: (bytes, options) => {
          const isPart = new TextDecoder().decode(bytes).includes('"columns"');
          if (isPart) throw new Error('connection reset');
          return bundles.put(bytes, options);
        },
      },
    });
    await expect(failing.uninstallApp(tenantId, 'contacts', { data: 'archive' })).rejects.toThrow();
    expect(await apps.listArchives(tenantId)).toEqual([]);
    await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    expect(await apps.installApp(tenantId, CONTACTS, {})).toMatchObject({ restoredRecords: 3 });
    expect(await people()).toEqual(before);
  });

  it('restores nothing after the archive expired', async () => {
    const { apps, tenantId, clock } = await withData({ archiveDays: 2 });
    await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    clock.advance(2 * DAY_MS - 1);
    expect(await apps.listArchives(tenantId)).toHaveLength(1);
    clock.advance(1);
    expect(await apps.listArchives(tenantId)).toEqual([]);
    expect(await apps.installApp(tenantId, CONTACTS, {})).toMatchObject({
      success: true,
      restoredRecords: 0,
      seededRecords: 2,
    });
  });

  it('fails, and installs nothing, if a part of the archive is lost', async () => {
    const tenant = await withData({ archiveDays: null });
    const { apps, tenantId, bundles, clock } = tenant;
    await apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    const [archive] = await apps.listArchives(tenantId);
    expect(archive?.expiresAt).toBeNull();
    const later = new Date(clock.now().getTime() + 60 * DAY_MS).toISOString();
    for (const { checksum } of archive?.parts ?? [])
      expect(await bundles.removeUnused(checksum, later)).toBe(true);
    expect(await apps.installApp(tenantId, CONTACTS, {})).toMatchObject({
      success: false,
      error: { code: 'bundle_not_found' },
    });
    expect(await apps.list(tenantId)).toEqual([]);
  });
});
