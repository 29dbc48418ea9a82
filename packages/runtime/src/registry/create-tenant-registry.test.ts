import { openLocalDatabase } from '@objectstack/driver-turso';
import { TENANT_PLAN_QUOTAS } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { createTenantRegistry } from './create-tenant-registry.js';

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:01.000Z';
const T2 = '2026-01-01T00:00:02.500Z';

const SEALED = {
  algorithm: 'aes-256-gcm',
  keyId: 'k1',
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: 'c2VjcmV0IQ==',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
} as const;

describe('createTenantRegistry', () => {
  it('initializes again without changing existing data', async () => {
    const { registry } = await openRegistry();
    const record = tenantRecord();
    await registry.createTenant(record);
    await Promise.all([registry.initialize(), registry.initialize()]);
    expect(await registry.getTenant(record.tenant.id)).toEqual(record);
  });

  it('returns a tenant exactly as it was added, also after reopening', async () => {
    const { registry, path } = await openRegistry();
    const record = tenantRecord({
      requestKey: 'signup-1',
      deadlineAt: T2,
      tenant: {
        name: 'Acme',
        adminEmail: 'ops@acme.example',
        metadata: { source: 'web', quote: `'"` },
        connectionConfig: {
          url: 'libsql://t.example',
          databaseName: 't-known',
          group: 'eu',
          authToken: SEALED,
        },
        provisionedAt: T1,
        purgeAt: T2,
      },
      databaseName: 't-known',
    });
    expect(await registry.createTenant(record)).toEqual({ record, created: true });
    await registry.close();
    const reopened = createTenantRegistry(openLocalDatabase({ path }));
    expect(await reopened.getTenant(record.tenant.id)).toEqual(record);
    await reopened.close();
  });

  it('returns null for an unknown tenant', async () => {
    const { registry } = await openRegistry();
    expect(await registry.getTenant('unknown')).toBeNull();
  });

  it('stores one tenant for concurrent calls with one request key', async () => {
    const { registry } = await openRegistry();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => registry.createTenant(tenantRecord({ requestKey: 'k' }))),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ record }) => record.tenant.id)).size).toBe(1);
    expect(await registry.listTenants('acme')).toHaveLength(1);
  });

  it('scopes request keys to organizations, and allows any number of tenants without one', async () => {
    const { registry } = await openRegistry();
    const other = { tenant: { organizationId: 'globex' }, requestKey: 'k' };
    const added = [tenantRecord({ requestKey: 'k' }), tenantRecord(other), tenantRecord(), tenantRecord()];
    for (const record of added) expect((await registry.createTenant(record)).created).toBe(true);
    expect(await registry.listTenants('acme')).toHaveLength(3);
  });

  it('never assigns one database name to two tenants', async () => {
    const { registry } = await openRegistry();
    await registry.createTenant(tenantRecord({ databaseName: 't-same' }));
    await expect(registry.createTenant(tenantRecord({ databaseName: 't-same' }))).rejects.toMatchObject({
      code: 'unique_violation',
    });
  });

  it('lists the tenants of an organization that are not destroyed, oldest first', async () => {
    const { registry } = await openRegistry();
    const young = tenantRecord({ tenant: { createdAt: T2 } });
    const old = tenantRecord({ tenant: { createdAt: T1 } });
    const gone = tenantRecord({ destroyedAt: T2 });
    for (const record of [young, old, gone]) await registry.createTenant(record);
    const ids = (await registry.listTenants('acme')).map(({ tenant }) => tenant.id);
    expect(ids).toEqual([old.tenant.id, young.tenant.id]);
  });

  describe('updateTenant', () => {
    it('changes a tenant in one of the statuses and derives the quotas from the plan', async () => {
      const { registry } = await openRegistry();
      const { tenant, databaseName } = tenantRecord({ tenant: { provisioningStatus: 'active' } });
      await registry.createTenant(tenantRecord({ tenant, databaseName }));
      const { record, changed } = await registry.updateTenant(tenant.id, ['active', 'suspended'], {
        plan: 'pro',
        provisioningStatus: 'suspended',
      });
      expect(changed).toBe(true);
      expect(record.tenant).toEqual({
        ...tenant,
        plan: 'pro',
        provisioningStatus: 'suspended',
        quotas: TENANT_PLAN_QUOTAS.pro,
      });
    });

    it('returns a tenant in another status without changing it', async () => {
      const { registry } = await openRegistry();
      const record = tenantRecord({ deadlineAt: T2 });
      await registry.createTenant(record);
      const update = await registry.updateTenant(record.tenant.id, ['active'], { deadlineAt: null });
      const previous = { provisioningStatus: 'provisioning', plan: 'free', destroyedAt: null };
      expect(update).toEqual({ record, changed: false, previous });
    });

    it('applies one of several competing changes', async () => {
      const { registry } = await openRegistry();
      const { record } = await registry.createTenant(tenantRecord());
      const { tenant } = record;
      const updates = await Promise.all(
        Array.from({ length: 10 }, () =>
          registry.updateTenant(tenant.id, ['provisioning'], {
            provisioningStatus: 'active',
            connectionConfig: { url: 'file:/data/t.db', databaseName: record.databaseName },
            provisionedAt: T1,
          }),
        ),
      );
      expect(updates.filter(({ changed }) => changed)).toHaveLength(1);
    });

    it('clears a deadline with null and never changes a destroyed tenant', async () => {
      const { registry } = await openRegistry();
      const { tenant } = (await registry.createTenant(tenantRecord({ deadlineAt: T2 }))).record;
      const change = { destroyedAt: T2, deadlineAt: null };
      const first = await registry.updateTenant(tenant.id, ['provisioning'], change);
      expect(first).toMatchObject({ changed: true, record: { deadlineAt: null, destroyedAt: T2 } });
      const second = await registry.updateTenant(tenant.id, ['provisioning'], { plan: 'pro' });
      expect(second).toMatchObject({ changed: false, record: { tenant: { plan: 'free' } } });
    });

    it('writes the change and the step that it ends in one transaction', async () => {
      const { registry } = await openRegistry();
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      await registry.recordStep(tenant.id, 'activate', { status: 'running', at: T0 });
      const steps = [{ name: 'activate', outcome: { status: 'completed', at: T2 } }] as const;
      await registry.updateTenant(tenant.id, ['active'], { provisioningStatus: 'suspended', steps });
      expect(await registry.listSteps(tenant.id)).toMatchObject([{ status: 'running' }]);
      await registry.updateTenant(tenant.id, ['provisioning'], { provisioningStatus: 'failed', steps });
      expect(await registry.listSteps(tenant.id)).toEqual([
        {
          name: 'activate',
          status: 'completed',
          attempt: 1,
          startedAt: T0,
          completedAt: T2,
          durationMs: 2_500,
        },
      ]);
    });

    it('rejects an unknown tenant', async () => {
      const { registry } = await openRegistry();
      await expect(registry.updateTenant('unknown', ['active'], { plan: 'pro' })).rejects.toMatchObject({
        code: 'tenant_not_found',
      });
    });
  });

  it('lists overdue tenants that are not destroyed', async () => {
    const { registry } = await openRegistry();
    const overdue = tenantRecord({ deadlineAt: T0 });
    const others = [
      tenantRecord({ deadlineAt: T1 }),
      tenantRecord(),
      tenantRecord({ deadlineAt: T0, destroyedAt: T0 }),
    ];
    for (const record of [overdue, ...others]) await registry.createTenant(record);
    expect(await registry.listOverdue(T1)).toEqual([overdue]);
  });

  it.each([
    ['status', 'asleep', 'tenant.provisioningStatus'],
    ['plan', 'gold', 'tenant.plan'],
    ['metadata', '{broken', 'tenant.metadata'],
    ['deadline_at', 'tomorrow', 'deadlineAt'],
    ['request_fingerprint', '', 'requestFingerprint'],
  ])('rejects a row whose %s is malformed', async (column, value, path) => {
    const { registry, database } = await openRegistry();
    const { tenant } = (await registry.createTenant(tenantRecord())).record;
    await database.execute({ sql: `UPDATE _os_control_tenant SET ${column} = ?`, args: [value] });
    await expect(registry.getTenant(tenant.id)).rejects.toMatchObject({
      code: 'database_invalid',
      details: { table: 'tenant', paths: expect.arrayContaining([path]) },
    });
  });
});
