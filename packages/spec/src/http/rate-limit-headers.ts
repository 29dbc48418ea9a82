import { ObjectStackError } from '../shared/object-stack-error.js';
import {
  type QuotaEnforcementResult,
  type TenantQuotaName,
  TenantQuotaNameEnum,
} from '../system/tenant-quota.zod.js';

/** Parameters of the policy of each quota: the window in seconds, and the unit if it is registered. */
const POLICIES = {
  maxUsers: '',
  maxObjects: '',
  maxRecordsPerObject: '',
  maxDeploymentsPerDay: ';w=86400',
  maxStorageBytes: ';qu="content-bytes"',
  apiRequestsPerMinute: ';w=60;qu="requests"',
} as const satisfies Record<TenantQuotaName, string>;

/** Largest integer of a structured field (RFC 9651). */
const MOST = 999_999_999_999_999;

const secondsUntil = (instant: string, now: Date) =>
  Math.max(0, Math.ceil((Date.parse(instant) - now.getTime()) / 1_000));

const remainingOf = ({ allowed, limit = 0, usage, requested }: QuotaEnforcementResult) =>
  Math.max(0, limit - usage - (allowed ? requested : 0));

/**
 * Headers that tell a client about quotas: `RateLimit-Policy` and `RateLimit` (IETF draft "RateLimit header fields for
 * HTTP") with an item for each limited quota, and `Retry-After` if a refused request can succeed later. Empty if every
 * quota is unlimited.
 */
export function rateLimitHeaders(
  results: readonly QuotaEnforcementResult[],
  { now = new Date() }: { readonly now?: Date } = {},
): Record<string, string> {
  const limited = results.filter(({ limit }) => limit !== undefined);
  if (limited.length === 0) return {};
  const reset = ({ resetAt }: QuotaEnforcementResult) =>
    resetAt === undefined ? '' : `;t=${secondsUntil(resetAt, now)}`;
  const policies = limited.map(
    ({ quota, limit = 0 }) => `"${quota}";q=${Math.min(limit, MOST)}${POLICIES[quota]}`,
  );
  const states = limited.map(
    (result) => `"${result.quota}";r=${Math.min(remainingOf(result), MOST)}${reset(result)}`,
  );
  const waits = limited.flatMap(({ allowed, resetAt }) =>
    allowed || resetAt === undefined ? [] : [secondsUntil(resetAt, now)],
  );
  return {
    'RateLimit-Policy': policies.join(', '),
    RateLimit: states.join(', '),
    ...(waits.length > 0 && { 'Retry-After': String(Math.max(1, ...waits)) }),
  };
}

/** The result in an error `quota_exceeded` or `rate_limited`; undefined for any other error. */
export function quotaResultOf(error: unknown): QuotaEnforcementResult | undefined {
  if (
    !ObjectStackError.isInstance(error, 'quota_exceeded') &&
    !ObjectStackError.isInstance(error, 'rate_limited')
  )
    return undefined;
  const { quota, maximum, usage, requested, resetAt, object }: Record<string, unknown> = error.details;
  const name = TenantQuotaNameEnum.safeParse(quota);
  if (!name.success || typeof maximum !== 'number' || typeof usage !== 'number') return undefined;
  return {
    allowed: false,
    quota: name.data,
    limit: maximum,
    usage,
    requested: Number(requested ?? 1),
    ...(typeof object === 'string' && { object }),
    ...(typeof resetAt === 'string' && { resetAt }),
    message: error.message,
  };
}
