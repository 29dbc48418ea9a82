import { tursoLocal } from '@objectstack/driver-turso';
import { TenantDetailsSchema, TenantPageSchema } from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { openRegistry } from '../../test/open-registry.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { createTenantService } from './create-tenant-service.js';

const RESERVATION_MS = 1_000;
const AT = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const SEALED = {
  algorithm: 'aes-256-gcm',
  keyId: 'k1',
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: 'c2VjcmV0IQ==',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
} as const;

/** Tenants of two organizations; two were created at the same time, and one is destroyed. */
async function filled() {
  const { registry } = await openRegistry();
  const add = (id: string, second: number, rest: object = {}, record: object = {}) =>
    registry.createTenant(tenantRecord({ tenant: { id, createdAt: AT(second), ...rest }, ...record }));
  await add('a', 1, { provisioningStatus: 'active' });
  await add('b', 2);
  await add('c', 2, { provisioningStatus: 'failed' });
  await add('d', 3, { organizationId: 'globex', provisioningStatus: 'active' });
  await add('e', 4, { provisioningStatus: 'destroying' }, { destroyedAt: AT(5) });
  const invalidated: string[] = [];
  const router = { invalidateCache: (tenantId: string) => void invalidated.push(tenantId) };
  const clock = new ManualClock();
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  onTestFinished(() => dataPlane.close());
  const context = { registry, router, clock, dataPlane, slugReservationMs: RESERVATION_MS };
  return { registry, clock, invalidated, tenants: createTenantService(context) };
}

const idsOf = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id).join('');

describe('list', () => {
  it('returns the tenants that are not destroyed, latest first', async () => {
    const { tenants } = await filled();
    const page = await tenants.list();
    expect(TenantPageSchema.parse(page)).toEqual(page);
    expect(idsOf(page)).toBe('dcba');
    expect(page.nextCursor).toBeNull();
  });

  it.each([
    [{ organizationId: 'acme' }, 'cba'],
    [{ organizationId: 'globex' }, 'd'],
    [{ organizationId: 'none' }, ''],
    [{ status: 'active' }, 'da'],
    [{ organizationId: 'acme', status: 'active' }, 'a'],
    [{ status: 'suspended' }, ''],
  ] as const)('selects by %j', async (request, expected) => {
    const { tenants } = await filled();
    expect(idsOf(await tenants.list(request))).toBe(expected);
  });

  it.each([1, 2, 3])('returns every tenant once in pages of %i', async (limit) => {
    const { tenants, registry } = await filled();
    let read = '';
    let cursor: string | null = null;
    do {
      const page = await tenants.list({ page: { limit, ...(cursor !== null && { cursor }) } });
      read += idsOf(page);
      cursor = page.nextCursor;
      // A tenant that is added meanwhile precedes the first page.
      await registry.createTenant(tenantRecord({ tenant: { createdAt: AT(9) } }));
    } while (cursor !== null);
    expect(read).toBe('dcba');
  });

  it.each([
    [{ status: 'gone' }, '/status'],
    [{ page: { limit: 0 } }, '/page/limit'],
    [{ page: { cursor: 'x' } }, '/cursor'],
    [{ orgId: 'acme' }, '/orgId'],
    [null, ''],
  ])('rejects %j', async (request, path) => {
    const { tenants } = await filled();
    await expect(tenants.list(request as never)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path }] },
    });
  });

  it('does not return the token of a database', async () => {
    const { registry, tenants } = await filled();
    const connectionConfig = { url: 'libsql://t.example', databaseName: 'x', authToken: SEALED };
    const record = tenantRecord({
      databaseName: 'x',
      tenant: { id: 'x', provisioningStatus: 'active', connectionConfig },
    });
    await registry.createTenant(record);
    const told = [await tenants.get('x'), await tenants.list()];
    expect(JSON.stringify(told)).toContain('libsql://t.example');
    expect(JSON.stringify(told)).not.toContain(SEALED.ciphertext);
  });
});

describe('get', () => {
  it('returns a tenant with its steps, its database and its request key', async () => {
    const { registry, tenants } = await filled();
    const record = tenantRecord({ tenant: { id: 'x' }, requestKey: 'sign-up' });
    await registry.createTenant(record);
    await registry.recordStep('x', 'create_database', { status: 'running', at: AT(1) });
    const failed = { status: 'failed', at: AT(2), errorCode: 'database_full', retryable: false } as const;
    await registry.recordStep('x', 'create_database', failed);
    const details = await tenants.get('x');
    expect(TenantDetailsSchema.parse(details)).toEqual(details);
    expect(details).toMatchObject({
      tenant: record.tenant,
      databaseName: record.databaseName,
      requestKey: 'sign-up',
      steps: [{ name: 'create_database', status: 'failed', errorCode: 'database_full' }],
    });
  });

  it.each(['none', 'e', '', 'a\0', 7])('rejects %j', async (tenantId) => {
    const { tenants } = await filled();
    await expect(tenants.get(tenantId as string)).rejects.toMatchObject({ code: 'tenant_not_found' });
  });
});

describe('setSlug', () => {
  it('sets, changes and removes the slug, and applies the change to this process immediately', async () => {
    const { tenants, invalidated } = await filled();
    expect(await tenants.setSlug('a', 'acme')).toMatchObject({ id: 'a', slug: 'acme' });
    expect(await tenants.setSlug('a', 'acme')).toMatchObject({ slug: 'acme' });
    expect((await tenants.get('a')).tenant.slug).toBe('acme');
    expect((await tenants.setSlug('a', null)).slug).toBeUndefined();
    expect(invalidated).toEqual(['a', 'a', 'a']);
  });

  it('rejects the slug of another tenant, also while it is reserved after a change', async () => {
    const { tenants, clock } = await filled();
    await tenants.setSlug('a', 'acme');
    await expect(tenants.setSlug('d', 'acme')).rejects.toMatchObject({ code: 'tenant_name_taken' });
    await tenants.setSlug('a', 'acme-2');
    clock.advance(RESERVATION_MS - 1);
    await expect(tenants.setSlug('d', 'acme')).rejects.toMatchObject({ code: 'tenant_name_taken' });
    clock.advance(1);
    expect(await tenants.setSlug('d', 'acme')).toMatchObject({ slug: 'acme' });
  });

  it.each(['', 'Acme', 'a.b', '..', 'abcdefghijklmnopqrstuvwxyz', 7, undefined])(
    'rejects the slug %j',
    async (slug) => {
      const { tenants } = await filled();
      await expect(tenants.setSlug('a', slug as never)).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  it('does not find a tenant that is unknown, in destruction or destroyed, and can be aborted', async () => {
    const { tenants, registry } = await filled();
    await registry.createTenant(tenantRecord({ tenant: { id: 'f', provisioningStatus: 'destroying' } }));
    for (const id of ['none', 'e', 'f'])
      await expect(tenants.setSlug(id, 'acme')).rejects.toMatchObject({ code: 'tenant_not_found' });
    const aborted = tenants.setSlug('a', 'acme', { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect((await tenants.get('a')).tenant.slug).toBeUndefined();
  });
});

describe('setHostnames', () => {
  it('stores canonical names without duplicates, and replaces all of them', async () => {
    const { tenants } = await filled();
    const given = ['App.Acme.example.', 'app.acme.example:443', 'b\u00fccher.example'];
    const stored = ['app.acme.example', 'xn--bcher-kva.example'];
    expect((await tenants.setHostnames('a', given)).hostnames).toEqual(stored);
    expect((await tenants.setHostnames('a', [])).hostnames).toEqual([]);
    expect(await tenants.setHostnames('d', stored)).toMatchObject({ hostnames: stored });
    await expect(tenants.setHostnames('a', ['app.acme.example'])).rejects.toMatchObject({
      code: 'tenant_name_taken',
    });
  });

  it.each([[['localhost']], [['127.0.0.1']], [['a@b.example']], [['']], [[7]], ['app.acme.example'], [null]])(
    'rejects the names %j',
    async (hostnames) => {
      const { tenants } = await filled();
      await expect(tenants.setHostnames('a', hostnames as never)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    },
  );
});
