import { createHash, randomBytes } from 'node:crypto';
import { TenantArchiveLineSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import {
  allRecords,
  databaseNames,
  linesOf,
  MASKED_SHOP,
  openShop,
  openTenantDataPlane,
  SHOP,
} from '../../test/tenant-data-plane.js';
import { createSecretSealer } from '../secret/create-secret-sealer.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The lines with another content, under a checksum that matches. */
function changed(lines: readonly string[], change: (content: Record<string, unknown>) => unknown): string[] {
  const body = lines.slice(0, -1).map((line) => `${JSON.stringify(change(JSON.parse(line)))}\n`);
  const end = { ...JSON.parse(lines.at(-1) ?? ''), checksum: sha256(body.join('')) };
  return [...body, `${JSON.stringify(end)}\n`];
}

async function exported() {
  const plane = await openTenantDataPlane();
  const shop = await openShop(plane);
  const lines = await linesOf(plane.runtime.tenantData.exportTenant(shop.tenantId, { actor: 'ann' }));
  return { ...plane, ...shop, lines };
}

describe('exportTenant and importTenant', () => {
  it('copy a tenant with its metadata, records, timestamps and counters', async () => {
    const { runtime, dataPlane, tenantId, driver, lines } = await exported();
    expect(lines.map((line) => TenantArchiveLineSchema.parse(JSON.parse(line)).kind)).toEqual([
      'manifest',
      'bundle',
      ...Array(4).fill('record'),
      'counter',
      'end',
    ]);
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
    const request = { orgId: 'globex', plan: 'pro', requestKey: 'one', displayName: 'Copy' } as const;
    // Pieces that split lines and characters.
    const bytes = Buffer.from(lines.join(''));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, index * 7 + 7),
    );
    const imported = await runtime.tenantData.importTenant(pieces, request);
    expect(imported).toMatchObject({ created: true });
    const copy = await runtime.router.getTenantClient(imported.tenantId);
    expect(await allRecords(copy)).toEqual(await allRecords(driver));
    expect(await copy.create('customer', { name: 'Next' })).toMatchObject({ code: 'C-0005' });
    expect(await runtime.tenants.get(imported.tenantId)).toMatchObject({
      tenant: { organizationId: 'globex', plan: 'pro', name: 'Copy', provisioningStatus: 'active' },
    });
    const again = await runtime.tenantData.importTenant([], request);
    expect(again).toEqual({ tenantId: imported.tenantId, created: false });
    await expect(
      runtime.tenantData.importTenant([], { ...request, plan: 'enterprise' }),
    ).rejects.toMatchObject({ code: 'idempotency_conflict' });
    // The seed data counts as written, so that a deployment of the same bundle changes nothing.
    expect(await runtime.deployments.deploy(imported.tenantId, SHOP)).toMatchObject({ outcome: 'unchanged' });
    expect(await copy.count('customer')).toBe(4);
    expect((await runtime.deployments.list(imported.tenantId)).items).toHaveLength(1);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
    const { items } = await runtime.tenants.audit(tenantId);
    expect(items[0]).toMatchObject({ action: 'export_tenant', actor: 'ann' });
  });

  it.each([
    ['an import', 'import'],
    ['a masked clone', 'clone'],
  ])('leave seed data that was not written to a deployment to the copy: %s', async (_, way) => {
    const { runtime, tenantId, driver } = await exported();
    await runtime.deployments.deploy(tenantId, MASKED_SHOP);
    // As if its process had been killed before it wrote the seed data.
    await driver.execute("DELETE FROM customer WHERE name = 'Seeded'");
    await driver.execute('DELETE FROM _os_seed');
    const { tenantData } = runtime;
    const copied =
      way === 'clone'
        ? await tenantData.cloneTenant(tenantId, {})
        : await tenantData.importTenant(await linesOf(tenantData.exportTenant(tenantId)), { orgId: 'acme' });
    const copy = await runtime.router.getTenantClient(copied.tenantId);
    expect(await copy.count('customer')).toBe(2);
    const [deployment] = (await runtime.deployments.list(copied.tenantId)).items;
    expect(deployment?.result).toMatchObject({ error: { code: 'deployment_interrupted' } });
    expect(await runtime.deployments.deploy(copied.tenantId, MASKED_SHOP)).toMatchObject({ status: 'ready' });
    expect(await copy.count('customer')).toBe(3);
    expect(await copy.count('customer', { where: { name: 'Seeded' } })).toBe(1);
  });

  it('copy a tenant to which nothing was deployed', async () => {
    const { runtime } = await openTenantDataPlane();
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    const lines = await linesOf(runtime.tenantData.exportTenant(tenantId));
    expect(lines).toHaveLength(2);
    const imported = await runtime.tenantData.importTenant(lines, { orgId: 'acme' });
    const copy = await runtime.router.getTenantClient(imported.tenantId);
    expect(await copy.checkHealth()).toBe(true);
  });

  it('show one committed state while records are written, and delete the copy when the caller stops', async () => {
    const { runtime, dataPlane } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    const lines: string[] = [];
    for await (const line of runtime.tenantData.exportTenant(tenantId)) {
      if (lines.push(line) === 3) await driver.deleteMany('ticket', { where: { title: { $ne: '' } } });
      if (lines.length === 3) expect(await databaseNames({ dataPlane })).toHaveLength(2);
    }
    expect(JSON.parse(lines.at(-1) ?? '').recordCounts).toEqual({ customer: 3, ticket: 1 });
    for await (const _ of runtime.tenantData.exportTenant(tenantId)) break;
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
  });

  it('reject an export of metadata that no bundle has', async () => {
    const { runtime } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    await driver.syncSchema('extra', { name: 'extra', fields: { name: { type: 'text' } } });
    await expect(linesOf(runtime.tenantData.exportTenant(tenantId))).rejects.toMatchObject({
      code: 'schema_mismatch',
    });
    await expect(linesOf(runtime.tenantData.exportTenant('missing'))).rejects.toMatchObject({
      code: 'tenant_not_found',
    });
  });

  it('reject a wrong archive without a trace', async () => {
    const { runtime, dataPlane, lines } = await exported();
    const end = lines.length - 1;
    const withRecord = (change: object) =>
      changed(lines, (content) =>
        content.kind === 'record' && content.object === 'ticket'
          ? { ...content, record: { ...(content.record as object), ...change } }
          : content,
      );
    const manifest = JSON.parse(lines[0] ?? '');
    const wrong: readonly (readonly [string, string, readonly string[]])[] = [
      ['empty', 'invalid_archive', []],
      ['not JSON', 'invalid_archive', ['what\n']],
      ['without its last line', 'invalid_archive', lines.slice(0, end)],
      ['that ends within a line', 'invalid_archive', [lines.join('').slice(0, -1)]],
      ['that continues', 'invalid_archive', [...lines, '{}\n']],
      ['without a record', 'invalid_archive', lines.toSpliced(3, 1)],
      ['with a changed byte', 'invalid_archive', lines.map((line) => line.replace('Ann', 'Ada'))],
      [
        'with a changed bundle',
        'invalid_archive',
        changed(lines, (content) =>
          content.kind === 'bundle'
            ? { ...content, bundle: { ...(content.bundle as object), views: [], extra: 1 } }
            : content,
        ),
      ],
      [
        'in another order',
        'invalid_archive',
        [lines[0] ?? '', lines[2] ?? '', lines[1] ?? '', ...lines.slice(3)],
      ],
      [
        'of a newer version',
        'unsupported_protocol_version',
        [`${JSON.stringify({ ...manifest, archiveVersion: '2' })}\n`],
      ],
      [
        'of a newer protocol',
        'unsupported_protocol_version',
        [`${JSON.stringify({ ...manifest, protocolVersion: '2' })}\n`],
      ],
      ['with a lookup to nothing', 'foreign_key_violation', withRecord({ customer: 'missing' })],
      ['with an unknown field', 'validation_failed', withRecord({ price: 1 })],
      ['with a wrong value', 'validation_failed', withRecord({ title: 7 })],
      [
        'with a counter of no field',
        'invalid_archive',
        changed(lines, (content) =>
          content.kind === 'counter' ? { ...content, id: 'ticket.title' } : content,
        ),
      ],
    ];
    const before = await databaseNames({ dataPlane });
    for (const [what, code, archive] of wrong) {
      await expect(
        runtime.tenantData.importTenant(archive, { orgId: 'globex', plan: 'pro' }),
        `an archive ${what}`,
      ).rejects.toMatchObject({ code });
      expect(await databaseNames({ dataPlane })).toEqual(before);
    }
    expect((await runtime.tenants.list({ organizationId: 'globex' })).items).toEqual([]);
    const twice = lines.toSpliced(3, 0, lines[3] ?? '');
    await expect(
      runtime.tenantData.importTenant(
        changed(twice, (content) => content),
        { orgId: 'globex', plan: 'pro' },
      ),
    ).rejects.toMatchObject({ code: 'unique_violation', details: { index: 4 } });
  });

  it('rejects an import that exceeds the quotas of the plan', async () => {
    const planQuotas = { free: { maxRecordsPerObject: 2 } };
    const plane = await openTenantDataPlane({ planQuotas });
    const { tenantId } = await openShop(plane);
    const lines = await linesOf(plane.runtime.tenantData.exportTenant(tenantId));
    await expect(plane.runtime.tenantData.importTenant(lines, { orgId: 'acme' })).rejects.toMatchObject({
      code: 'quota_exceeded',
      details: { quotas: [{ quota: 'maxRecordsPerObject', maximum: 2, usage: 3 }] },
    });
  });

  it('copy installed apps with their settings, but no secret', async () => {
    const secret = 'canary-5d1e';
    const sealer = createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] });
    const { runtime } = await openTenantDataPlane({ sealer });
    const { tenantId, driver } = await openShop({ runtime });
    const objects = [{ name: 'crm__lead', fields: { name: { type: 'text' as const } } }];
    const settings = { key: { type: 'text', secret: true }, limit: { type: 'number' } } as const;
    const app = { name: 'crm', namespace: 'crm', version: '1.0.0', objects, settings };
    const installed = await runtime.apps.installApp(tenantId, app, { key: secret, limit: 7 });
    expect(installed).toMatchObject({ success: true });
    await driver.create('crm__lead', { name: 'Lead' });
    const lines = await linesOf(runtime.tenantData.exportTenant(tenantId));
    expect(lines.join('')).not.toMatch(/canary-5d1e|ciphertext/);
    const { tenantId: copyId } = await runtime.tenantData.importTenant(lines, { orgId: 'acme', plan: 'pro' });
    expect(await (await runtime.router.getTenantClient(copyId)).count('crm__lead')).toBe(1);
    expect(await runtime.apps.get(copyId, 'crm')).toMatchObject({
      version: '1.0.0',
      settings: { limit: 7 },
      secretSettings: [],
    });
  });
});
