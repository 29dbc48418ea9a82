import type { MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openTenant, planFor, worldOf } from '../../test/deploy-plane.js';
import { CRM_1, CRM_2, objectOf } from '../../test/sample-bundles.js';

describe('readBundlePlan', () => {
  const tampered: [string, string, (plan: MigrationPlan, other: MigrationPlan) => unknown][] = [
    ['invalid_plan', 'no plan', () => null],
    ['invalid_plan', 'an unknown shape', () => ({ statements: [] })],
    [
      'invalid_plan',
      'another statement',
      (plan) => ({
        ...plan,
        statements: plan.statements.map((one) => ({ ...one, sql: 'DROP TABLE _os_object' })),
      }),
    ],
    [
      'invalid_plan',
      'a removed statement',
      (plan) => ({ ...plan, statements: plan.statements.slice(1).map((one, order) => ({ ...one, order })) }),
    ],
    ['invalid_plan', 'a lone surrogate', (plan) => ({ ...plan, diff: { ...plan.diff, owner: '\ud800' } })],
    [
      'invalid_plan',
      "another owner's objects",
      (plan) => ({ ...plan, diff: { ...plan.diff, owner: 'crm' } }),
    ],
    ['invalid_plan', 'another bundle', (plan, other) => ({ ...plan, bundleChecksum: other.bundleChecksum })],
    ['invalid_plan', "another plan's hash", (plan, other) => ({ ...plan, planHash: other.planHash })],
    ['invalid_plan', 'no bundle', ({ bundleChecksum: _, bundleVersion: __, ...plan }) => plan],
    ['unsupported_protocol_version', 'a newer protocol', (plan) => ({ ...plan, protocolVersion: '2' })],
    ['not_supported', 'another dialect', (plan) => ({ ...plan, dialect: 'postgresql' })],
  ];

  it.each(tampered)('rejects with %s a plan with %s, without any effect', async (code, _what, change) => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    const other = await planFor(tenant, tenant.tenantId, CRM_2);
    const before = await worldOf(tenant, tenant);
    await expect(
      tenant.deployments.executeDeployment(tenant.tenantId, change(plan, other) as MigrationPlan),
    ).rejects.toMatchObject({ code });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('does not accept a tampered plan as one that was executed', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    const other = await planFor(tenant, tenant.tenantId, CRM_2);
    await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    const swapped = { ...plan, bundleChecksum: other.bundleChecksum as string };
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, swapped)).rejects.toMatchObject({
      code: 'invalid_plan',
    });
  });

  it('rejects a self-consistent plan for another diff', async () => {
    const tenant = await openTenant();
    const { schemaDiff, dialect } = tenant.dataPlane;
    const { bundleChecksum: checksum = '', bundleVersion: version = '' } = await planFor(
      tenant,
      tenant.tenantId,
      CRM_1,
    );
    const current = await schemaDiff.introspect(tenant.driver);
    const diff = schemaDiff.diff(current, [objectOf('other', {})]);
    const plan = schemaDiff.generateMigrations(diff, dialect, { bundle: { checksum, version } });
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({
      code: 'invalid_plan',
    });
  });
});
