import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { INSTANT, LATER, sealed } from '../../test/samples.js';
import { TENANT_PLAN_QUOTAS } from './provisioning.zod.js';
import { TenantSchema } from './tenant.zod.js';

const connectionConfig = { url: 'file:t1.db', databaseName: 't-1' };
const tenant = {
  id: 't1',
  organizationId: 'o1',
  name: 'Acme',
  adminEmail: 'ada@example.com',
  metadata: { source: 'web' },
  isolationLevel: 'isolated_db',
  databaseProvider: 'turso',
  connectionConfig,
  provisioningStatus: 'active',
  plan: 'free',
  region: 'us-east',
  quotas: TENANT_PLAN_QUOTAS.free,
  createdAt: INSTANT,
  provisionedAt: LATER,
};

describe('TenantSchema', () => {
  it.each([
    tenant,
    { ...tenant, connectionConfig: undefined, provisioningStatus: 'provisioning', provisionedAt: undefined },
    { ...tenant, connectionConfig: { ...connectionConfig, authToken: sealed } },
    { ...tenant, connectionConfig: undefined, provisioningStatus: 'failed', provisionedAt: undefined },
    { ...tenant, provisioningStatus: 'destroying', purgeAt: LATER, quotas: {} },
  ])('accepts a tenant that is $provisioningStatus', (value) => {
    expect(TenantSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['id', { id: '' }],
    ['organizationId', { organizationId: undefined }],
    ['adminEmail', { adminEmail: 'ada' }],
    ['metadata.seats', { metadata: { seats: 3 } }],
    ['isolationLevel', { isolationLevel: 'shared' }],
    ['databaseProvider', { databaseProvider: 'mysql' }],
    ['connectionConfig.url', { connectionConfig: { ...connectionConfig, url: 'libsql://u@t.example' } }],
    ['connectionConfig', { connectionConfig: undefined }],
    ['connectionConfig', { connectionConfig: undefined, provisioningStatus: 'suspended' }],
    ['connectionConfig.authToken', { connectionConfig: { ...connectionConfig, authToken: 'secret' } }],
    ['provisionedAt', { provisionedAt: undefined }],
    ['provisionedAt', { provisionedAt: undefined, provisioningStatus: 'suspended' }],
    ['provisioningStatus', { provisioningStatus: 'destroyed' }],
    ['plan', { plan: 'gold' }],
    ['region', { region: 'moon' }],
    ['quotas', { quotas: undefined }],
    ['createdAt', { createdAt: '2026-03-01' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TenantSchema, { ...tenant, ...change })).toEqual([path]);
  });
});
