import { QuotaEnforcementResultSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { evaluateQuota } from './evaluate-quota.js';

describe('evaluateQuota', () => {
  it.each([
    [undefined, 1_000, 1_000, true],
    [5, 4, 1, true],
    [5, 5, 0, true],
    [5, 9, 0, true],
    [5, 5, 1, false],
    [5, 4, 2, false],
    [0, 0, 1, false],
    [0, 0, 0, true],
  ])('with the limit %s, %i used and %i more is %s', (limit, usage, requested, allowed) => {
    const result = evaluateQuota({ quota: 'maxObjects', limit, usage, requested });
    expect(result).toMatchObject({ allowed, quota: 'maxObjects', usage, requested });
    expect(QuotaEnforcementResultSchema.parse(result)).toEqual(result);
  });

  it('explains a refusal', () => {
    const resetAt = '2026-01-02T00:00:00.000Z';
    expect(
      evaluateQuota({ quota: 'maxDeploymentsPerDay', limit: 5, usage: 5, requested: 2, resetAt }),
    ).toEqual({
      allowed: false,
      quota: 'maxDeploymentsPerDay',
      limit: 5,
      usage: 5,
      requested: 2,
      resetAt,
      message:
        'The plan allows 5 deployments per day; this request would make it 7. Choose a larger plan, or request less.',
    });
  });
});
