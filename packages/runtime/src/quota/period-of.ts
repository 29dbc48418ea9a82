import type { TenantQuotaName } from '@objectstack/spec/system';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60 * 1_000;

const WINDOWS: { readonly [Quota in TenantQuotaName]?: number } = {
  maxDeploymentsPerDay: DAY_MS,
  apiRequestsPerMinute: MINUTE_MS,
};

/** The period of a quota that an instant belongs to: its start, and when the usage is reset. UTC days and minutes. */
export function periodOf(quota: TenantQuotaName, now: Date): { period: string; resetAt?: string } {
  const window = WINDOWS[quota];
  if (window === undefined) return { period: '' };
  const start = Math.floor(now.getTime() / window) * window;
  return { period: new Date(start).toISOString(), resetAt: new Date(start + window).toISOString() };
}
