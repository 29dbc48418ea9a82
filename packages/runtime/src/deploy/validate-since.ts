import type { DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type DeployBundle,
  type DeployValidationResult,
  TENANT_OWNER,
  type TenantQuota,
} from '@objectstack/spec/system';
import { checkBundle } from '../bundle/validate-bundle.js';
import { validateForPlan } from '../bundle/validate-for-plan.js';
import { withIssues } from '../bundle/with-issues.js';
import { bundleComponents } from './bundle-components.js';

const versionOf = (bundle: DeployBundle) => ({
  objects: bundle.objects,
  components: bundleComponents(bundle),
});

/** The result of validation, and the effects of the bundle on tenants with the previous version. */
export function validateSince(
  { schemaDiff }: DataPlane,
  input: unknown,
  { since, quotas }: { since: unknown; quotas: TenantQuota | undefined },
): DeployValidationResult {
  const check = checkBundle(input);
  const { bundle } = check;
  const result = validateForPlan(check, quotas);
  if (!bundle) return result;
  const { bundle: before } = checkBundle(since);
  const issue = { path: '', code: 'invalid_value' } as const;
  if (!before) {
    const message =
      'The previous version is not a valid bundle and was not compared. Pass a bundle that validateBundle accepts.';
    return withIssues(result, [{ ...issue, severity: 'warning', message }]);
  }
  try {
    const changes = schemaDiff.lint(versionOf(before), versionOf(bundle), { owner: TENANT_OWNER });
    return { ...result, changes };
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    return withIssues(result, [{ ...issue, severity: 'error', message: error.message }]);
  }
}
