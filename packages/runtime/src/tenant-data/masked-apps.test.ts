import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppManifestInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { openTenantDataPlane } from '../../test/tenant-data-plane.js';
import { createSecretSealer } from '../secret/create-secret-sealer.js';

const text = { type: 'text' } as const;
const masked = { maskingRule: { strategy: 'redact' } } as const;

const LEAD = {
  name: 'crm__lead',
  fields: {
    code: { ...text, unique: true },
    phone: { ...text, ...masked },
    city: text,
    account: { type: 'lookup', reference: 'account' },
  },
} as const;

const CRM = {
  name: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  objects: [LEAD],
  objectExtensions: [
    { extend: 'account', fields: { crm__remark: { ...text, ...masked }, crm__rank: { type: 'number' } } },
  ],
  settings: { key: { type: 'text', secret: true }, limit: { type: 'number' } },
  seedData: [{ object: 'crm__lead', externalId: 'code', records: [{ code: 'seeded', city: 'Rome' }] }],
} satisfies AppManifestInput;

const { city, ...REST } = LEAD.fields;

const CRM_2 = {
  ...CRM,
  version: '1.1.0',
  objects: [{ name: 'crm__lead', fields: { ...REST, town: { ...city, renamedFrom: 'city' } } }],
  seedData: [{ object: 'crm__lead', externalId: 'code', records: [{ code: 'seeded', town: 'Rome' }] }],
} satisfies AppManifestInput;

const LOGS = {
  name: 'logs',
  namespace: 'logs',
  version: '1.0.0',
  objects: [{ name: 'logs__entry', fields: { line: { ...text, ...masked } } }],
} satisfies AppManifestInput;

const SECRET = 'sk-canary-91f2';
const ORIGINALS = ['+49 30 5551234', 'Remark about Zebulon', 'Nickname Zeb', 'Line of the log'];

async function openMasked() {
  const sealer = createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] });
  const plane = await openTenantDataPlane({ sealer });
  const { runtime } = plane;
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  await runtime.deployments.deploy(tenantId, bundleOf({ objects: [objectOf('account', { name: text })] }));
  expect(await runtime.apps.installApp(tenantId, CRM, { key: SECRET, limit: 7 })).toMatchObject({
    success: true,
  });
  expect(await runtime.apps.installApp(tenantId, LOGS, {})).toMatchObject({ success: true });
  // A field of the tenant in an object of the app has a rule too.
  const own = {
    ...bundleOf({ objects: [objectOf('account', { name: text })] }, '1.0.1'),
    objectExtensions: [{ extend: 'crm__lead', fields: { nickname: { ...text, ...masked } } }],
  };
  await runtime.deployments.deploy(tenantId, own);
  const driver = await runtime.router.getTenantClient(tenantId);
  const [phone = '', remark = '', nickname = '', line = ''] = ORIGINALS;
  const account = await driver.create('account', { name: 'Acme', crm__remark: remark, crm__rank: 3 });
  await driver.create('crm__lead', { code: 'ours', phone, nickname, city: 'Oslo', account: account.id });
  await driver.create('logs__entry', { line });
  // Archived data of an app that is not installed any more.
  await runtime.apps.uninstallApp(tenantId, 'logs', { data: 'archive' });
  return { ...plane, tenantId, driver };
}

/** The bytes of all files of a tenant's database. */
async function bytesOf(dir: string, tenantId: string): Promise<Buffer> {
  const folder = join(dir, 'tenants');
  const names = (await readdir(folder)).filter((name) => name.startsWith(`t-${tenantId}`));
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
}

describe('a masked clone of a tenant with apps', () => {
  it('masks the fields of apps and extensions, and has the apps without their secrets', async () => {
    const { runtime, dir, tenantId } = await openMasked();
    const clone = await runtime.tenantData.cloneTenant(tenantId);
    expect(clone.maskedFields).toEqual(
      expect.arrayContaining([
        { object: 'crm__lead', field: 'phone' },
        { object: 'crm__lead', field: 'nickname' },
        { object: 'account', field: 'crm__remark' },
      ]),
    );
    expect(clone.maskedFields).toHaveLength(3);
    const driver = await runtime.router.getTenantClient(clone.tenantId);
    expect(
      await driver.find('crm__lead', {
        fields: ['code', 'phone', 'nickname', 'city'],
        orderBy: [{ field: 'code' }],
      }),
    ).toMatchObject([
      {
        code: 'ours',
        phone: expect.stringMatching(/^\*+$/),
        nickname: expect.stringMatching(/^\*+$/),
        city: 'Oslo',
      },
      { code: 'seeded', phone: null, nickname: null, city: 'Rome' },
    ]);
    expect(await driver.find('account')).toMatchObject([
      { name: 'Acme', crm__rank: 3, crm__remark: expect.stringMatching(/^\*+$/) },
    ]);
    expect(await runtime.apps.list(clone.tenantId)).toMatchObject([
      { appId: 'crm', version: '1.0.0', settings: { limit: 7 }, secretSettings: [] },
    ]);
    expect(await runtime.apps.listArchives(clone.tenantId)).toEqual([]);
    const bytes = await bytesOf(dir, clone.tenantId);
    expect([...ORIGINALS, SECRET, 'ciphertext'].filter((original) => bytes.includes(original))).toEqual([]);
  });

  it('is a tenant whose apps are upgraded, removed and installed again by themselves', async () => {
    const { runtime, tenantId, driver } = await openMasked();
    const { tenantId: cloneId } = await runtime.tenantData.cloneTenant(tenantId);
    const before = await driver.find('crm__lead', { orderBy: [{ field: 'code' }] });
    const copy = await runtime.router.getTenantClient(cloneId);
    expect(await runtime.apps.upgradeApp(cloneId, 'crm', CRM_2)).toMatchObject({ success: true });
    expect(await copy.find('crm__lead', { orderBy: [{ field: 'code' }] })).toMatchObject([
      { code: 'ours', town: 'Oslo' },
      { code: 'seeded', town: 'Rome' },
    ]);
    // The field of the tenant goes with the object, so its extension goes first.
    const own = bundleOf({ objects: [objectOf('account', { name: text })] }, '1.0.2');
    await runtime.deployments.deploy(cloneId, own, { allow: ['remove_field:crm__lead.nickname'] });
    const kept = await copy.find('crm__lead', { orderBy: [{ field: 'code' }] });
    await runtime.apps.uninstallApp(cloneId, 'crm', { data: 'archive' });
    expect(await runtime.apps.installApp(cloneId, CRM_2, { key: 'another' })).toMatchObject({
      success: true,
      // Those of the app, and the account whose values of the extension are restored.
      restoredRecords: kept.length + 1,
    });
    expect(await copy.find('crm__lead', { orderBy: [{ field: 'code' }] })).toEqual(kept);
    // The original has its app, its records and its archive.
    expect(await driver.find('crm__lead', { orderBy: [{ field: 'code' }] })).toEqual(before);
    expect(await runtime.apps.get(tenantId, 'crm')).toMatchObject({
      version: '1.0.0',
      secretSettings: ['key'],
    });
    expect(await runtime.apps.installApp(tenantId, LOGS, {})).toMatchObject({ restoredRecords: 1 });
  });
});
