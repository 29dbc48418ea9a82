import type { TenantRecord } from '@objectstack/spec/contracts';
import { TENANT_PLAN_QUOTAS, type Tenant } from '@objectstack/spec/system';
import { v7 } from 'uuid';

export type TenantChanges = Partial<Omit<TenantRecord, 'tenant'>> & { tenant?: Partial<Tenant> };

export const T0 = '2026-01-01T00:00:00.000Z';
export const T1 = '2026-01-01T00:00:01.000Z';
export const T2 = '2026-01-01T00:00:02.500Z';
export const T3 = '2026-01-01T00:00:03.000Z';

const IN_SERVICE: readonly unknown[] = ['active', 'suspended'];

export const connectionOf = (databaseName: string) => ({
  url: `libsql://${databaseName}.example.com`,
  databaseName,
});

/** A token that the key encrypted; nothing here decrypts it. */
export const sealedBy = (keyId: string) => ({
  algorithm: 'aes-256-gcm' as const,
  keyId,
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: 'c2VjcmV0IQ==',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
});

/** A tenant that is being provisioned, with the given changes. One in service has a connection. */
export function tenantRecord({ tenant, ...record }: TenantChanges = {}): TenantRecord {
  const id = tenant?.id ?? v7();
  const databaseName = record.databaseName ?? `t-${v7()}`;
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
      createdAt: T0,
      ...(IN_SERVICE.includes(tenant?.provisioningStatus) && {
        connectionConfig: connectionOf(databaseName),
        provisionedAt: T1,
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
