import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { INSTANT, LATER } from '../../test/samples.js';
import { TENANT_PLAN_QUOTAS } from './provisioning.zod.js';
import {
  DatabaseProviderEnum,
  TenantConnectionConfigSchema,
  TenantIsolationLevel,
  TenantQuotaSchema,
  TenantSchema,
} from './tenant.zod.js';

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
    ['provisioningStatus', { provisioningStatus: 'destroyed' }],
    ['plan', { plan: 'gold' }],
    ['region', { region: 'moon' }],
    ['quotas', { quotas: undefined }],
    ['createdAt', { createdAt: '2026-03-01' }],
  ])('refuses a wrong %s: %j', (path, change) => {
    expect(issuePaths(TenantSchema, { ...tenant, ...change })).toEqual([path]);
  });
});

describe('TenantQuotaSchema', () => {
  it.each([{}, { maxObjects: 0 }, TENANT_PLAN_QUOTAS.pro])('accepts %j', (quota) => {
    expect(TenantQuotaSchema.parse(quota)).toEqual(quota);
  });

  it.each([
    ['maxUsers', { maxUsers: -1 }],
    ['maxStorageBytes', { maxStorageBytes: 0.5 }],
    ['apiRequestsPerMinute', { apiRequestsPerMinute: 'many' }],
  ])('refuses a wrong %s: %j', (path, quota) => {
    expect(issuePaths(TenantQuotaSchema, quota)).toEqual([path]);
  });
});

describe('TenantConnectionConfigSchema', () => {
  it('keeps no token', () => {
    expect(TenantConnectionConfigSchema.parse({ ...connectionConfig, authToken: 'secret' })).toEqual(
      connectionConfig,
    );
  });

  it('needs the name of the database', () => {
    expect(issuePaths(TenantConnectionConfigSchema, { ...connectionConfig, databaseName: '' })).toEqual([
      'databaseName',
    ]);
  });
});

describe('TenantIsolationLevel', () => {
  it('has the three levels of the protocol', () => {
    expect(TenantIsolationLevel.options).toEqual(['shared_schema', 'isolated_schema', 'isolated_db']);
  });
});

describe('DatabaseProviderEnum', () => {
  it('has the three providers of the protocol', () => {
    expect(DatabaseProviderEnum.options).toEqual(['turso', 'postgres', 'memory']);
  });
});
