import { ObjectStackError } from '@objectstack/spec/shared';
import type { QuotaEnforcementResult } from '@objectstack/spec/system';
import { evaluateQuota, type QuotaQuestion } from './evaluate-quota.js';

function errorOf(
  code: 'quota_exceeded' | 'rate_limited',
  refused: QuotaEnforcementResult & { allowed: false },
) {
  const { quota, limit: maximum, usage, requested, object, resetAt, message } = refused;
  return new ObjectStackError({
    code,
    message,
    details: {
      quota,
      maximum,
      usage,
      requested,
      ...(object !== undefined && { object }),
      ...(resetAt !== undefined && { resetAt }),
    },
  });
}

/** The error of a question that is not allowed. */
export function quotaError(
  code: 'quota_exceeded' | 'rate_limited',
  question: QuotaQuestion,
): ObjectStackError {
  const result = evaluateQuota(question);
  if (!result.allowed) return errorOf(code, result);
  throw new ObjectStackError({
    code: 'internal',
    message: 'A quota error was created for a request that the quota allows.',
  });
}

/** Throws `quota_exceeded` if the question is not allowed. */
export function assertQuota(question: QuotaQuestion): void {
  const result = evaluateQuota(question);
  if (!result.allowed) throw errorOf('quota_exceeded', result);
}
