import { describe, expect, it } from 'vitest';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { type QuotaEnforcementResult, QuotaEnforcementResultSchema } from '../system/tenant-quota.zod.js';
import { quotaResultOf, rateLimitHeaders } from './rate-limit-headers.js';
import { toProblemResponse } from './to-problem-response.js';

const now = new Date('2026-01-01T12:00:00.500Z');
const resetAt = '2026-01-02T00:00:00.000Z';
const deployments: QuotaEnforcementResult = {
  allowed: true,
  quota: 'maxDeploymentsPerDay',
  limit: 20,
  usage: 16,
  requested: 1,
  resetAt,
};
const refused: QuotaEnforcementResult = {
  allowed: false,
  quota: 'apiRequestsPerMinute',
  limit: 300,
  usage: 300,
  requested: 1,
  resetAt: '2026-01-01T12:00:01.200Z',
  message: 'Too many requests.',
};
const exceeded = new ObjectStackError({
  code: 'rate_limited',
  message: refused.message,
  details: {
    quota: refused.quota,
    maximum: 300,
    usage: 300,
    requested: 1,
    resetAt: '2026-01-01T12:00:01.200Z',
  },
});

describe('rateLimitHeaders', () => {
  it('describes each limited quota, its remaining usage and the seconds until it is reset', () => {
    expect(rateLimitHeaders([deployments, refused], { now })).toEqual({
      'RateLimit-Policy':
        '"maxDeploymentsPerDay";q=20;w=86400, "apiRequestsPerMinute";q=300;w=60;qu="requests"',
      RateLimit: '"maxDeploymentsPerDay";r=3;t=43200, "apiRequestsPerMinute";r=0;t=1',
      'Retry-After': '1',
    });
  });

  it('omits unlimited quotas, and a time to retry after which the same would be refused', () => {
    const unlimited = { allowed: true, quota: 'maxObjects', usage: 3, requested: 1 } as const;
    expect(rateLimitHeaders([unlimited])).toEqual({});
    const full = { ...unlimited, allowed: false, limit: 3, message: 'Full.' } as const;
    expect(rateLimitHeaders([full])).toEqual({
      'RateLimit-Policy': '"maxObjects";q=3',
      RateLimit: '"maxObjects";r=0',
    });
  });

  it('never returns a number that a structured field cannot contain, nor a negative one', () => {
    const huge = { ...deployments, limit: Number.MAX_SAFE_INTEGER, usage: 0 };
    expect(rateLimitHeaders([huge], { now }).RateLimit).toBe(
      '"maxDeploymentsPerDay";r=999999999999999;t=43200',
    );
    const over = { ...deployments, usage: 30, requested: 0, resetAt: '2026-01-01T00:00:00Z' };
    expect(rateLimitHeaders([over], { now }).RateLimit).toBe('"maxDeploymentsPerDay";r=0;t=0');
  });
});

describe('quotaResultOf', () => {
  it('returns the result in an error about a quota', () => {
    expect(QuotaEnforcementResultSchema.parse(quotaResultOf(exceeded))).toEqual(refused);
  });

  it.each([
    new Error('rate_limited'),
    new ObjectStackError({ code: 'internal', message: 'x', details: {} }),
    new ObjectStackError({ code: 'quota_exceeded', message: 'x', details: { quotas: [] } }),
    null,
  ])('returns undefined for %s', (error) => {
    expect(quotaResultOf(error)).toBeUndefined();
  });
});

describe('toProblemResponse of a quota', () => {
  it('has the headers and the violated policy', async () => {
    const response = toProblemResponse(exceeded, { now });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('ratelimit')).toBe('"apiRequestsPerMinute";r=0;t=1');
    expect(await response.json()).toMatchObject({
      code: 'rate_limited',
      retryable: true,
      'violated-policies': ['apiRequestsPerMinute'],
    });
  });

  it('names every quota that a lower plan would exceed', async () => {
    const quotas = [
      { quota: 'maxUsers', maximum: 3, usage: 5 },
      { quota: 'maxObjects', maximum: 50, usage: 51 },
    ];
    const response = toProblemResponse(
      new ObjectStackError({ code: 'quota_exceeded', message: 'x', details: { quotas } }),
    );
    expect(response.status).toBe(403);
    expect(response.headers.has('ratelimit')).toBe(false);
    expect(await response.json()).toMatchObject({ 'violated-policies': ['maxUsers', 'maxObjects'] });
  });
});
