import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { Tenant } from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import { periodOf } from './period-of.js';
import { quotaError } from './quota-error.js';
import { TokenBuckets } from './token-buckets.js';

/** How `apiRequestsPerMinute` is enforced. */
export type RequestLimitMode =
  /** In the memory of each process, which permits this share of the quota. */
  | { readonly mode: 'process'; readonly share: number }
  /** In the registry, for all processes together: one write for each request. */
  | { readonly mode: 'exact' };

type LimitedTenant = Pick<Tenant, 'id' | 'quotas'>;

/** Counts the API requests of tenants. */
export interface ApiRequestLimiter {
  /** Counts a request. Rejects with `rate_limited` if there were too many. */
  take(tenant: LimitedTenant): Promise<void>;
  /** Requests that count against the limit now, and when none does if no other follows. */
  usage(tenant: LimitedTenant): Promise<{ usage: number; resetAt: string }>;
}

const QUOTA = 'apiRequestsPerMinute';

function limitInProcess(clock: Clock, share: number): ApiRequestLimiter {
  const buckets = new TokenBuckets(clock);
  // A share of a small limit still permits a request.
  const sizeOf = (limit: number) => (limit === 0 ? 0 : Math.max(1, Math.floor(limit * share)));
  return {
    async take({ id, quotas }) {
      const limit = quotas[QUOTA];
      if (limit === undefined) return;
      const size = sizeOf(limit);
      const { isTaken, usage, nextAt: resetAt } = buckets.take(id, size);
      if (!isTaken)
        throw quotaError('rate_limited', { quota: QUOTA, limit: size, usage, requested: 1, resetAt });
    },
    async usage({ id, quotas }) {
      const { usage, fullAt } = buckets.look(id, sizeOf(quotas[QUOTA] ?? 0));
      return { usage, resetAt: fullAt };
    },
  };
}

function limitExactly(registry: ITenantRegistry, clock: Clock): ApiRequestLimiter {
  return {
    async take({ id: tenantId, quotas }) {
      const limit = quotas[QUOTA];
      if (limit === undefined) return;
      const now = clock.now();
      const { period, resetAt = '' } = periodOf(QUOTA, now);
      const claim = { tenantId, quota: QUOTA, period, amount: 1, limit, now: now.toISOString() } as const;
      const { outcome, used: usage } = await registry.claimQuota(claim);
      if (outcome !== 'granted')
        throw quotaError('rate_limited', { quota: QUOTA, limit, usage, requested: 1, resetAt });
    },
    async usage({ id: tenantId }) {
      const now = clock.now();
      const { period, resetAt = '' } = periodOf(QUOTA, now);
      const { used: usage } = await registry.readQuota({
        tenantId,
        quota: QUOTA,
        period,
        now: now.toISOString(),
      });
      return { usage, resetAt };
    },
  };
}

export function createRequestLimiter(
  { registry, clock }: { readonly registry: ITenantRegistry; readonly clock: Clock },
  mode: RequestLimitMode = { mode: 'process', share: 1 },
): ApiRequestLimiter {
  return mode.mode === 'exact' ? limitExactly(registry, clock) : limitInProcess(clock, mode.share);
}
