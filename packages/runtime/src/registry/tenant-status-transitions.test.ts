import { TenantProvisioningStatusEnum } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openRegistry } from '../../test/open-registry.js';
import { tenantRecord } from '../../test/tenant-record.js';
import { TENANT_STATUS_TRANSITIONS } from './tenant-status-transitions.js';

const ALL = TenantProvisioningStatusEnum.options;

describe('TENANT_STATUS_TRANSITIONS', () => {
  it.each(ALL.flatMap((from) => ALL.map((to) => [from, to] as const)))(
    'decides whether the registry changes %s to %s, whatever statuses the caller passes',
    async (from, to) => {
      const { registry } = await openRegistry();
      const record = tenantRecord({ tenant: { provisioningStatus: from } });
      await registry.createTenant(record);
      const { databaseName } = record;
      const { changed } = await registry.updateTenant(record.tenant.id, ALL, {
        provisioningStatus: to,
        connectionConfig: { url: `file:tenants/${databaseName}.db`, databaseName },
        provisionedAt: '2026-01-01T00:00:01.000Z',
      });
      expect(changed).toBe((TENANT_STATUS_TRANSITIONS[from] as readonly string[]).includes(to));
    },
  );
});

describe('updateTenant', () => {
  it('changes a tenant that must be overdue only if its deadline has passed', async () => {
    const { registry } = await openRegistry();
    const record = tenantRecord({ deadlineAt: '2026-01-01T00:10:00.000Z' });
    const { id } = record.tenant;
    await registry.createTenant(record);
    const fail = (ifOverdueAt: string) =>
      registry.updateTenant(id, ['provisioning'], { provisioningStatus: 'failed', ifOverdueAt });
    expect((await fail('2026-01-01T00:10:00.000Z')).changed).toBe(false);
    expect((await fail('2026-01-01T00:10:00.001Z')).changed).toBe(true);
  });
});
