import type { DeployValidationResult } from '@objectstack/spec/system';
import { type TenantPlan, TenantPlanSchema, type TenantQuota } from '@objectstack/spec/system';
import { evaluateQuota } from '../quota/evaluate-quota.js';
import { parseInput } from '../shared/parse-input.js';
import type { BundleCheck } from './validate-bundle.js';
import { withIssues } from './with-issues.js';

/** The plan that a caller named; `undefined` if none. Throws `invalid_request` for an unknown plan. */
export function readTenantPlan(plan: unknown): TenantPlan | undefined {
  return parseInput(TenantPlanSchema.optional(), plan, 'option plan');
}

/**
 * A copy of the result, with the error that planning would report for a tenant with these quotas and no other
 * objects. A bundle whose shape is invalid has no number of objects to compare.
 */
export function validateForPlan(
  { result, objectCount }: BundleCheck,
  quotas: TenantQuota | undefined,
): DeployValidationResult {
  const copy = structuredClone(result);
  if (quotas === undefined || objectCount === undefined) return copy;
  const { maxObjects: limit } = quotas;
  const quota = evaluateQuota({ quota: 'maxObjects', limit, usage: 0, requested: objectCount });
  if (quota.allowed) return copy;
  const { message } = quota;
  return withIssues(copy, [{ severity: 'error', path: '/objects', code: 'quota_exceeded', message }]);
}
