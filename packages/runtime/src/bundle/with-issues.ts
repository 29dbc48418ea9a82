import type { DeployValidationIssue, DeployValidationResult } from '@objectstack/spec/system';

const byPath = (a: DeployValidationIssue, b: DeployValidationIssue) =>
  a.path < b.path ? -1 : Number(a.path > b.path);

/** Adds issues to a result of validation; an error makes it invalid. Of equal paths, the last added issue comes first. */
export function withIssues(
  result: DeployValidationResult,
  added: readonly DeployValidationIssue[],
): DeployValidationResult {
  const { checksum: _checksum, ...rest } = result;
  const errors = added.filter(({ severity }) => severity === 'error').length;
  const warnings = added.filter(({ severity }) => severity === 'warning').length;
  return {
    ...(errors > 0 ? rest : result),
    valid: result.valid && errors === 0,
    issues: [...added].reverse().concat(result.issues).sort(byPath),
    errorCount: result.errorCount + errors,
    warningCount: result.warningCount + warnings,
  };
}
