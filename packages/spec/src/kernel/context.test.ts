import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { TENANT_PLAN_QUOTAS } from '../system/provisioning.zod.js';
import { KernelContextSchema, RuntimeModeEnum, TenantRuntimeContextSchema } from './context.zod.js';

const kernel = {
  instanceId: '0195b3a1-7c3e-7000-8000-000000000001',
  mode: 'production',
  version: '0.1.0',
  startTime: 1_772_352_000_000,
  features: {},
};
const context = {
  ...kernel,
  tenantId: 't1',
  organizationId: 'o1',
  userId: 'u1',
  tenantPlan: 'pro',
  tenantRegion: 'eu-west',
  tenantDbUrl: 'file:t1.db',
  tenantQuotas: TENANT_PLAN_QUOTAS.pro,
};

describe('RuntimeModeEnum', () => {
  it('has the five modes', () => {
    expect(RuntimeModeEnum.options).toEqual(['development', 'production', 'test', 'provisioning', 'preview']);
  });
});

describe('KernelContextSchema', () => {
  it('drops unknown keys', () => {
    expect(KernelContextSchema.parse({ ...kernel, previewMode: {} })).toEqual(kernel);
  });

  it('is in production without features by default', () => {
    const { mode: _mode, features: _features, ...rest } = kernel;
    expect(KernelContextSchema.parse(rest)).toEqual(kernel);
    expect(TenantRuntimeContextSchema.parse({ ...context, mode: undefined, features: undefined })).toEqual(
      context,
    );
  });

  it('returns the optional properties of the application', () => {
    const full = {
      ...kernel,
      appName: 'help-desk',
      cwd: '/srv/app',
      workspaceRoot: '/srv',
      features: { beta: true, audit: false },
    };
    expect(KernelContextSchema.parse(full)).toEqual(full);
  });

  it.each([
    ['instanceId', { instanceId: 'one' }],
    ['mode', { mode: 'staging' }],
    ['version', { version: '' }],
    ['appName', { appName: '' }],
    ['cwd', { cwd: '' }],
    ['features.beta', { features: { beta: 'on' } }],
    ['startTime', { startTime: -1 }],
    ['startTime', { startTime: 0.5 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(KernelContextSchema, { ...kernel, ...change })).toEqual([path]);
  });
});

describe('TenantRuntimeContextSchema', () => {
  it('extends the kernel context', () => {
    expect(TenantRuntimeContextSchema.parse(context)).toEqual(context);
    expect(KernelContextSchema.parse(context)).toEqual(kernel);
  });

  it.each([
    ['tenantId', { tenantId: '' }],
    ['organizationId', { organizationId: undefined }],
    ['userId', { userId: '' }],
    ['tenantPlan', { tenantPlan: 'gold' }],
    ['tenantRegion', { tenantRegion: 'aws-us-east-1' }],
    ['tenantDbUrl', { tenantDbUrl: 'libsql://t.example?authToken=secret' }],
    ['tenantQuotas', { tenantQuotas: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TenantRuntimeContextSchema, { ...context, ...change })).toEqual([path]);
  });
});
