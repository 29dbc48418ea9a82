import type { QuotaEnforcementResult, TenantQuotaName } from '@objectstack/spec/system';

const NOUNS: Record<TenantQuotaName, string> = {
  maxUsers: 'users',
  maxObjects: 'objects',
  maxRecordsPerObject: 'records per object',
  maxDeploymentsPerDay: 'deployments per day',
  maxStorageBytes: 'bytes of storage',
  apiRequestsPerMinute: 'requests per minute',
};

export interface QuotaQuestion {
  readonly quota: TenantQuotaName;
  /** Absent: unlimited. */
  readonly limit: number | undefined;
  readonly usage: number;
  /** Additional usage that is requested. */
  readonly requested: number;
  readonly resetAt?: string | undefined;
  readonly object?: string | undefined;
}

/** A request for no additional usage is allowed even if the usage exceeds the limit. */
export function evaluateQuota({ limit, ...asked }: QuotaQuestion): QuotaEnforcementResult {
  const { quota, usage, requested } = asked;
  if (limit === undefined) return { allowed: true, ...asked };
  if (requested === 0 || usage + requested <= limit) return { allowed: true, ...asked, limit };
  const message = `The plan allows ${limit} ${NOUNS[quota]}; this request would make it ${usage + requested}. Choose a larger plan, or request less.`;
  return { allowed: false, ...asked, limit, message };
}
