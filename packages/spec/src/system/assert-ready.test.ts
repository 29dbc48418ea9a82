import { describe, expect, expectTypeOf, it } from 'vitest';
import { HASH, INSTANT, problem } from '../../test/samples.js';
import { assertReady } from './assert-ready.js';
import { type DeployResult, DeployResultSchema } from './deploy-result.zod.js';
import { type TenantProvisioningResult, TenantProvisioningResultSchema } from './provisioning.zod.js';

const seeds = (object: string, failed: number) => ({
  object,
  outcome: 'written',
  records: 2,
  inserted: 2 - failed,
  updated: 0,
  unchanged: 0,
  failed,
  referencesUnresolved: 0,
  ruleViolations: 0,
  problems: failed > 0 ? [{ record: 1, code: 'unique_violation' }] : [],
});

const deployed = (rest: object): DeployResult =>
  DeployResultSchema.parse({
    deploymentId: 'd1',
    tenantId: 't1',
    planHash: HASH,
    bundleChecksum: HASH,
    outcome: 'applied',
    statementsExecuted: 3,
    seeds: [seeds('branch', 0), seeds('desk', 1)],
    steps: [],
    durationMs: 12,
    completedAt: INSTANT,
    ...rest,
  });

const provisioned = (rest: object): TenantProvisioningResult =>
  TenantProvisioningResultSchema.parse({
    tenantId: 't1',
    region: 'us-east',
    plan: 'free',
    steps: [],
    totalDurationMs: 1,
    ...rest,
  });

function errorOf(result: DeployResult | TenantProvisioningResult): unknown {
  try {
    assertReady(result);
  } catch (error) {
    return error;
  }
  return null;
}

describe('assertReady', () => {
  it('accepts a deployment that is ready and a tenant that is active', () => {
    expect(errorOf(deployed({ status: 'ready' }))).toBeNull();
    const active = { status: 'active', connectionUrl: 'file:tenants/t1.db', provisionedAt: INSTANT };
    expect(errorOf(provisioned(active))).toBeNull();
  });

  it('narrows both results', () => {
    const deployment = deployed({ status: 'ready' });
    assertReady(deployment);
    expectTypeOf(deployment.status).toEqualTypeOf<'ready'>();
    const tenant = provisioned({ status: 'active', connectionUrl: 'file:a.db', provisionedAt: INSTANT });
    assertReady(tenant);
    expectTypeOf(tenant.status).toEqualTypeOf<'active'>();
    expectTypeOf(tenant.connectionUrl).toBeString();
  });

  it('throws the error of a failed deployment, with its id and the datasets that have failures', () => {
    const error = { ...problem, code: 'seed_failed', details: { failed: 1 }, retryable: false };
    const result = deployed({ status: 'failed', error });
    expect(errorOf(result)).toMatchObject({
      code: 'seed_failed',
      message: problem.detail,
      retryable: false,
      details: { failed: 1, deploymentId: 'd1', seeds: [result.seeds[1]] },
    });
  });

  it('throws the error of a failed provisioning, without facts of deployments', () => {
    const error = { ...problem, code: 'provisioning_failed', retryable: true, details: { step: 'activate' } };
    expect(errorOf(provisioned({ status: 'failed', error }))).toMatchObject({
      code: 'provisioning_failed',
      retryable: true,
      details: { step: 'activate' },
    });
  });

  it.each([
    ['provisioning', 'tenant_not_ready', {}],
    ['destroying', 'tenant_not_found', {}],
    ['suspended', 'tenant_suspended', { connectionUrl: 'file:a.db', provisionedAt: INSTANT }],
  ])('throws for a tenant that is %s: %s', (status, code, rest) => {
    expect(errorOf(provisioned({ status, ...rest }))).toMatchObject({ code, details: {} });
  });
});
