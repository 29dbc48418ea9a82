import type * as z from 'zod';

/**
 * Whether every issue is from a refinement, so that the value has the right shape and violates only rules that JSON
 * Schema cannot express.
 */
export function onlyBreaksRules(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.length > 0 && issues.every(isAboutRule);
}

function isAboutRule(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'custom') return true;
  if (issue.code === 'invalid_union') return issue.errors.some(onlyBreaksRules);
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return onlyBreaksRules(issue.issues);
  return false;
}
