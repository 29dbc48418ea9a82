import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { DeploymentEventSchema, QuotaExceededEventSchema, TenantEventSchema } from './runtime-event.zod.js';

const at = '2026-01-01T00:00:00.000Z';

describe('TenantEventSchema', () => {
  it('has no property for names, addresses or metadata of the tenant', () => {
    const event = { at, tenantId: 't1', organizationId: 'acme', status: 'active', plan: 'free' };
    const parsed = TenantEventSchema.parse({ ...event, name: 'Acme', adminEmail: 'ada@example.com' });
    expect(parsed).toEqual(event);
    expect(issuePaths(TenantEventSchema, { ...event, status: 'gone', at: 'now' })).toEqual(['at', 'status']);
  });
});

describe('DeploymentEventSchema', () => {
  it('names an error by its code only', () => {
    const event = {
      at,
      tenantId: 't',
      deploymentId: 'd',
      bundleVersion: '1.0.0',
      bundleChecksum: 'a'.repeat(64),
    };
    const failed = { ...event, status: 'failed', errorCode: 'plan_stale' };
    expect(DeploymentEventSchema.parse({ ...failed, error: { detail: 'x' } })).toEqual(failed);
    expect(issuePaths(DeploymentEventSchema, { ...failed, errorCode: 'oops' })).toEqual(['errorCode']);
  });
});

describe('QuotaExceededEventSchema', () => {
  it('requires the name of a quota', () => {
    expect(issuePaths(QuotaExceededEventSchema, { at, tenantId: 't', quota: 'beds' })).toEqual(['quota']);
  });
});
