import type { TenantRecord } from '@objectstack/spec/contracts';
import { TENANT_PLAN_QUOTAS, type Tenant } from '@objectstack/spec/system';
import { createTenantId, databaseNameOf } from '../src/shared/create-tenant-id.js';

type Changes = Partial<Omit<TenantRecord, 'tenant'>> & { tenant?: Partial<Tenant> };

const IN_SERVICE: readonly unknown[] = ['active', 'suspended'];

/** A record as provisioning creates it, with the given changes. */
export function tenantRecord({ tenant, ...record }: Changes = {}): TenantRecord {
  const id = tenant?.id ?? createTenantId();
  const databaseName = record.databaseName ?? databaseNameOf(id);
  return {
    tenant: {
      id,
      organizationId: 'acme',
      isolationLevel: 'isolated_db',
      databaseProvider: 'turso',
      provisioningStatus: 'provisioning',
      plan: 'free',
      region: 'us-east',
      quotas: TENANT_PLAN_QUOTAS.free,
      createdAt: '2026-01-01T00:00:00.000Z',
      ...(IN_SERVICE.includes(tenant?.provisioningStatus) && {
        connectionConfig: { url: `file:/data/${databaseName}.db`, databaseName },
        provisionedAt: '2026-01-01T00:00:01.000Z',
      }),
      ...tenant,
    },
    requestKey: null,
    requestFingerprint: 'a'.repeat(64),
    databaseName,
    requestedRegion: null,
    templateDatabase: null,
    deadlineAt: null,
    destroyedAt: null,
    ...record,
  };
}
