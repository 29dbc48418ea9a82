import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { INSTANT } from '../../test/samples.js';
import { TENANT_PLAN_QUOTAS } from './provisioning.zod.js';
import {
  QuotaEnforcementResultSchema,
  TenantQuotaNameEnum,
  TenantQuotaSchema,
  TenantUsageSchema,
} from './tenant-quota.zod.js';

describe('TenantQuotaSchema', () => {
  it.each([{}, { maxObjects: 0 }, TENANT_PLAN_QUOTAS.pro])('accepts %j', (quota) => {
    expect(TenantQuotaSchema.parse(quota)).toEqual(quota);
  });

  it.each([
    ['maxUsers', { maxUsers: -1 }],
    ['maxStorageBytes', { maxStorageBytes: 0.5 }],
    ['apiRequestsPerMinute', { apiRequestsPerMinute: 'many' }],
  ])('rejects an invalid %s: %j', (path, quota) => {
    expect(issuePaths(TenantQuotaSchema, quota)).toEqual([path]);
  });
});

describe('TenantQuotaNameEnum', () => {
  it('has every quota', () => {
    expect(TenantQuotaNameEnum.options).toEqual([
      'maxUsers',
      'maxObjects',
      'maxRecordsPerObject',
      'maxDeploymentsPerDay',
      'maxStorageBytes',
      'apiRequestsPerMinute',
    ]);
  });
});

describe('TenantUsageSchema', () => {
  it.each([
    { measuredAt: INSTANT },
    {
      users: 1,
      objects: 2,
      recordsPerObject: { account: 10_000, contact: 0 },
      deploymentsToday: 3,
      storageBytes: 4096,
      apiRequestsThisMinute: 0,
      measuredAt: INSTANT,
    },
  ])('accepts %j', (usage) => {
    expect(TenantUsageSchema.parse(usage)).toEqual(usage);
  });

  it.each([
    ['measuredAt', { measuredAt: undefined }],
    ['objects', { objects: -1 }],
    ['recordsPerObject.account', { recordsPerObject: { account: 0.5 } }],
    ['recordsPerObject.My Account', { recordsPerObject: { 'My Account': 1 } }],
    ['storageBytes', { storageBytes: null }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TenantUsageSchema, { measuredAt: INSTANT, ...change })).toEqual([path]);
  });
});

describe('QuotaEnforcementResultSchema', () => {
  const allowed = { allowed: true, quota: 'maxObjects', usage: 4, requested: 1, limit: 5 };
  const refused = { ...allowed, allowed: false, requested: 2, message: 'The plan allows 5 objects.' };
  const { limit: _, ...unlimited } = allowed;

  it.each([
    allowed,
    unlimited,
    { ...allowed, usage: 9, requested: 0 },
    refused,
    { ...refused, limit: 0, resetAt: INSTANT },
    { ...allowed, quota: 'maxDeploymentsPerDay', resetAt: INSTANT },
  ])('accepts %j', (result) => {
    expect(QuotaEnforcementResultSchema.parse(result)).toEqual(result);
  });

  it.each([
    ['allowed', { ...allowed, requested: 2 }],
    ['allowed', { ...refused, requested: 1 }],
    ['allowed', { ...refused, requested: 0 }],
    ['allowed', { ...allowed, allowed: undefined }],
    ['limit', { ...refused, limit: undefined }],
    ['message', { ...refused, message: undefined }],
    ['quota', { ...allowed, quota: 'maxFun' }],
    ['usage', { ...allowed, usage: -1 }],
    ['resetAt', { ...allowed, resetAt: 'tomorrow' }],
  ])('rejects an invalid %s: %j', (path, result) => {
    expect(issuePaths(QuotaEnforcementResultSchema, result)).toEqual([path]);
  });
});
