import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { INSTANT, LATER, problem } from '../../test/samples.js';
import {
  ProvisioningStepNameEnum,
  ProvisioningStepSchema,
  TENANT_PLAN_QUOTAS,
  TenantPlanSchema,
  TenantProvisioningRequestSchema,
  TenantProvisioningResultSchema,
  TenantProvisioningStatusEnum,
} from './provisioning.zod.js';
import { TenantQuotaSchema } from './tenant.zod.js';

const completed = {
  name: 'create_database',
  status: 'completed',
  attempt: 1,
  startedAt: INSTANT,
  completedAt: LATER,
  durationMs: 1500,
  externalRef: 'db-1',
};
const base = { tenantId: 't1', region: 'us-east', plan: 'free', steps: [completed], totalDurationMs: 1600 };
const active = { ...base, status: 'active', connectionUrl: 'file:t1.db', provisionedAt: LATER };

describe('TenantProvisioningStatusEnum', () => {
  it('has the statuses of the protocol', () => {
    expect(TenantProvisioningStatusEnum.options).toEqual([
      'provisioning',
      'active',
      'suspended',
      'failed',
      'destroying',
    ]);
  });
});

describe('TenantPlanSchema', () => {
  it.each(TenantPlanSchema.options)('%s has quotas', (plan) => {
    expect(TenantQuotaSchema.parse(TENANT_PLAN_QUOTAS[plan])).toEqual(TENANT_PLAN_QUOTAS[plan]);
  });
});

describe('TENANT_PLAN_QUOTAS', () => {
  it('increase from plan to plan, and enterprise is unlimited', () => {
    const { free, pro, enterprise } = TENANT_PLAN_QUOTAS;
    expect(Object.keys(free)).toEqual(Object.keys(TenantQuotaSchema.shape));
    for (const key of Object.keys(free) as (keyof typeof free)[]) expect(pro[key]).toBeGreaterThan(free[key]);
    expect(enterprise).toEqual({});
  });
});

describe('ProvisioningStepNameEnum', () => {
  it('has the steps in order', () => {
    expect(ProvisioningStepNameEnum.options).toEqual([
      'create_database',
      'await_database',
      'claim_database',
      'register_deployment',
      'activate',
    ]);
  });
});

describe('ProvisioningStepSchema', () => {
  it.each([
    completed,
    { name: 'activate', status: 'pending', attempt: 0 },
    { name: 'activate', status: 'skipped', attempt: 0 },
    { name: 'claim_database', status: 'running', attempt: 2, startedAt: INSTANT, errorCode: 'database_busy' },
    { ...completed, status: 'failed', errorCode: 'database_busy', retryable: true },
    { ...completed, startedAt: '2026-03-01T08:00:00Z', completedAt: '2026-03-01T08:00:00.500Z' },
    { ...completed, completedAt: completed.startedAt },
  ])('accepts $status: %j', (step) => {
    expect(ProvisioningStepSchema.parse(step)).toEqual(step);
  });

  it.each([
    ['completedAt', { startedAt: LATER, completedAt: INSTANT }],
    ['completedAt', { completedAt: undefined }],
    ['completedAt', { status: 'running' }],
    ['errorCode', { status: 'failed' }],
    ['errorCode', { status: 'failed', errorCode: 'made_up' }],
    ['name', { name: 'migrate' }],
    ['status', { status: 'done', completedAt: undefined }],
    ['attempt', { attempt: -1 }],
    ['durationMs', { durationMs: -1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ProvisioningStepSchema, { ...completed, ...change })).toContain(path);
  });
});

describe('TenantProvisioningRequestSchema', () => {
  it('requests a free tenant in us-east by default', () => {
    expect(TenantProvisioningRequestSchema.parse({ orgId: 'o1' })).toEqual({
      orgId: 'o1',
      plan: 'free',
      region: 'us-east',
      isolationLevel: 'isolated_db',
    });
  });

  it('returns the given values', () => {
    const request = {
      orgId: 'o1',
      plan: 'pro',
      region: 'eu-west',
      displayName: 'Acme',
      adminEmail: 'ada@example.com',
      requestKey: 'signup-1',
      templateName: 'crm-starter',
      isolationLevel: 'shared_schema',
      databaseProvider: 'postgres',
      metadata: { source: 'web' },
    };
    expect(TenantProvisioningRequestSchema.parse(request)).toEqual(request);
  });

  it.each([
    ['orgId', { orgId: '' }],
    ['orgId', { orgId: 'a'.repeat(256) }],
    ['plan', { plan: 'gold' }],
    ['region', { region: 'aws-us-east-1' }],
    ['displayName', { displayName: '' }],
    ['adminEmail', { adminEmail: 'ada' }],
    ['requestKey', { requestKey: '' }],
    ['templateName', { templateName: '' }],
    ['isolationLevel', { isolationLevel: 'none' }],
    ['databaseProvider', { databaseProvider: 'mysql' }],
    ['metadata.seats', { metadata: { seats: 3 } }],
    ['', { organization: 'o1' }],
  ])('rejects at "%s": %j', (path, change) => {
    expect(issuePaths(TenantProvisioningRequestSchema, { orgId: 'o1', ...change })).toEqual([path]);
  });
});

describe('TenantProvisioningResultSchema', () => {
  it.each([
    active,
    { ...active, status: 'suspended' },
    { ...base, status: 'provisioning' },
    { ...base, status: 'destroying' },
    { ...base, status: 'failed', error: problem },
  ])('accepts $status', (result) => {
    expect(TenantProvisioningResultSchema.parse(result)).toEqual(result);
  });

  it.each([
    ['connectionUrl', { ...active, connectionUrl: undefined }],
    ['connectionUrl', { ...active, connectionUrl: 'libsql://t.example?authToken=secret' }],
    ['provisionedAt', { ...active, status: 'suspended', provisionedAt: undefined }],
    ['error', { ...base, status: 'failed' }],
    ['status', { ...active, status: 'destroyed' }],
    ['tenantId', { ...active, tenantId: '' }],
    ['steps.0.completedAt', { ...active, steps: [{ ...completed, completedAt: undefined }] }],
  ])('rejects an invalid %s', (path, result) => {
    expect(issuePaths(TenantProvisioningResultSchema, result)).toEqual([path]);
  });

  it('contains no URL of a tenant whose database does not exist', () => {
    const result = TenantProvisioningResultSchema.parse({ ...active, status: 'destroying' });
    expect(result).toEqual({ ...base, status: 'destroying' });
  });
});
