import { describe, expect, it } from 'vitest';
import { TenantCloneRequestSchema, TenantImportRequestSchema } from './tenant-copy.zod.js';

describe('TenantImportRequestSchema', () => {
  it('has the defaults of a provisioning request', () => {
    expect(TenantImportRequestSchema.parse({ orgId: 'acme' })).toEqual({
      orgId: 'acme',
      plan: 'free',
      region: 'us-east',
    });
  });
});

describe('TenantCloneRequestSchema', () => {
  it('leaves organization and plan to the cloned tenant', () => {
    expect(TenantCloneRequestSchema.parse({})).toEqual({});
  });

  it('rejects a region: the copy is made where the original is', () => {
    expect(TenantCloneRequestSchema.safeParse({ region: 'eu-west' }).success).toBe(false);
  });
});
