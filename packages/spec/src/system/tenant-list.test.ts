import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { TenantDetailsSchema, TenantListRequestSchema, TenantPageSchema } from './tenant-list.zod.js';

describe('TenantListRequestSchema', () => {
  it('fills in the size of a page', () => {
    expect(TenantListRequestSchema.parse({ page: {} })).toEqual({ page: { limit: 50 } });
    expect(TenantListRequestSchema.parse({ status: 'failed' })).toEqual({ status: 'failed' });
  });

  it.each([
    [{ organizationId: '' }, 'organizationId'],
    [{ status: 'gone' }, 'status'],
    [{ page: { limit: 0 } }, 'page.limit'],
    [{ orgId: 'o1' }, ''],
  ])('rejects %j', (value, path) => {
    expect(issuePaths(TenantListRequestSchema, value)).toEqual([path]);
  });
});

describe('TenantPageSchema', () => {
  it('says in every page whether another one follows', () => {
    expect(issuePaths(TenantPageSchema, { items: [] })).toEqual(['nextCursor']);
  });
});

describe('TenantDetailsSchema', () => {
  it('requires the tenant, its database, its request key and its steps', () => {
    expect(issuePaths(TenantDetailsSchema, {}).sort()).toEqual([
      'databaseName',
      'requestKey',
      'steps',
      'tenant',
    ]);
  });
});
