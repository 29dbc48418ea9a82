import type { DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type DeployBundle,
  type DeployValidationIssue,
  type DeployValidationResult,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { checkBundle } from '../bundle/validate-bundle.js';
import { bundleComponents } from './bundle-components.js';

const versionOf = (bundle: DeployBundle) => ({
  objects: bundle.objects,
  components: bundleComponents(bundle),
});

function withIssue(result: DeployValidationResult, issue: DeployValidationIssue): DeployValidationResult {
  const { checksum: _checksum, ...rest } = result;
  const isError = issue.severity === 'error';
  return {
    ...(isError ? rest : result),
    valid: result.valid && !isError,
    issues: [issue, ...result.issues],
    errorCount: result.errorCount + (isError ? 1 : 0),
    warningCount: result.warningCount + (isError ? 0 : 1),
  };
}

/** The result of validation, and the effects of the bundle on tenants with the previous version. */
export function validateSince(
  { schemaDiff }: DataPlane,
  input: unknown,
  since: unknown,
): DeployValidationResult {
  const { result: checked, bundle } = checkBundle(input);
  const result = structuredClone(checked);
  if (!bundle) return result;
  const { bundle: before } = checkBundle(since);
  const issue = { path: '', code: 'invalid_value' } as const;
  if (!before) {
    const message =
      'The previous version is not a valid bundle and was not compared. Pass a bundle that validateBundle accepts.';
    return withIssue(result, { ...issue, severity: 'warning', message });
  }
  try {
    const changes = schemaDiff.lint(versionOf(before), versionOf(bundle), { owner: TENANT_OWNER });
    return { ...result, changes };
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    return withIssue(result, { ...issue, severity: 'error', message: error.message });
  }
}
