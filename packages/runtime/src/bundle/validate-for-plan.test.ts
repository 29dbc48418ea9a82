import { DeployValidationResultSchema, type TenantPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { validateBundle } from './validate-bundle.js';

const many = (count: number, fields = {}) =>
  bundleOf({ objects: Array.from({ length: count }, (_, index) => objectOf(`o${index}`, fields)) });
const codesOf = (bundle: unknown, plan?: TenantPlan) =>
  validateBundle(bundle, plan && { plan }).issues.map(({ code, path }) => `${code} ${path}`);

describe('validateForPlan', () => {
  it.each([
    [50, 'free', []],
    [51, 'free', ['quota_exceeded /objects']],
    [51, 'pro', []],
    [501, 'pro', ['quota_exceeded /objects']],
    [501, 'enterprise', []],
    [501, undefined, []],
  ] as const)('of %i objects for the plan %s finds %j', (count, plan, found) => {
    expect(codesOf(many(count), plan)).toEqual(found);
  });

  it('reports the same code and message as planning, whether or not a version is compared', async () => {
    const { deployments, tenantId } = await openTenant();
    const bundle = many(51);
    const refused = await deployments.planDeployment(tenantId, bundle).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'quota_exceeded' });
    const { code, message } = refused as { code: string; message: string };
    for (const options of [{}, { since: many(1) }]) {
      const result = deployments.validateBundle(bundle, { ...options, plan: 'free' });
      expect(DeployValidationResultSchema.parse(result)).toEqual(result);
      expect(result).toMatchObject({ valid: false, errorCount: 1 });
      expect(result.issues).toEqual([{ severity: 'error', code, message, path: '/objects' }]);
    }
    expect(deployments.validateBundle(bundle).valid).toBe(true);
  });

  it('reports it together with other errors, in the order of their paths', () => {
    const bundle = many(51, { at: { type: 'text', unique: true, max: 1, defaultValue: 7 } });
    const codes = codesOf({ ...bundle, manifest: { version: '1.0.0', views: ['none'] } }, 'free');
    expect(codes[0]).toBe('manifest_mismatch /manifest/views/0');
    expect(codes[1]).toBe('quota_exceeded /objects');
    expect(codes.length).toBeGreaterThan(2);
  });

  it('ignores the plan for a bundle whose shape is invalid', () => {
    expect(codesOf({ objects: [] }, 'free')).toEqual(['invalid_shape /manifest']);
  });

  it('rejects an unknown plan', async () => {
    const { deployments } = await openTenant();
    const options = { plan: 'gold' as TenantPlan };
    for (const call of [
      () => validateBundle(many(1), options),
      () => deployments.validateBundle({}, options),
    ])
      expect(call).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
