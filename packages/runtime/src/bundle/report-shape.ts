import type { JsonPath } from '@objectstack/spec/shared';
import type * as z from 'zod';
import type { IssueLog } from './issue-log.js';

/** Reports the issues of a schema. Their messages state what was expected and never contain the value. */
export function reportShape(found: readonly z.core.$ZodIssue[], issues: IssueLog): void {
  for (const issue of found) {
    const [nested] = issue.code === 'invalid_key' ? issue.issues : [];
    const message = `${(nested ?? issue).message}.`;
    issues.error(issue.path as JsonPath, { code: 'invalid_shape', message });
  }
}
