import type { DeployValidationIssue, DeployValidationResult } from '@objectstack/spec/system';

const byPath = (a: DeployValidationIssue, b: DeployValidationIssue) =>
  a.path < b.path ? -1 : Number(a.path > b.path);

/** Adds an issue to a result of validation; an error makes it invalid. */
export function withIssue(
  result: DeployValidationResult,
  issue: DeployValidationIssue,
): DeployValidationResult {
  const { checksum: _checksum, ...rest } = result;
  const isError = issue.severity === 'error';
  return {
    ...(isError ? rest : result),
    valid: result.valid && !isError,
    issues: [issue, ...result.issues].sort(byPath),
    errorCount: result.errorCount + (isError ? 1 : 0),
    warningCount: result.warningCount + (issue.severity === 'warning' ? 1 : 0),
  };
}
