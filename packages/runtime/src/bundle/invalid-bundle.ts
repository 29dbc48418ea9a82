import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployValidationResult } from '@objectstack/spec/system';
import { placeText } from './text/text-failure.js';

/**
 * The error for an invalid bundle: `unsupported_protocol_version` or `invalid_bundle`. Its message is the first error with
 * its place and the number of others; `details.issues` lists the given findings.
 */
export function invalidBundle({
  issues,
  errorCount,
}: Pick<DeployValidationResult, 'issues' | 'errorCount'>): ObjectStackError {
  const first = issues.find(({ severity }) => severity === 'error');
  const isNewer = first?.code === 'unsupported_protocol_version';
  const more = errorCount > 1 ? ` (and ${errorCount - 1} more)` : '';
  const message = first ? `${first.message}${placeText(first)}` : 'The bundle is not valid.';
  return new ObjectStackError({
    code: isNewer ? 'unsupported_protocol_version' : 'invalid_bundle',
    message: `${message}${more}`,
    details: { path: first?.path ?? '', issues: [...issues], errorCount },
  });
}
