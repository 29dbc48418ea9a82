import type { QuotaEnforcementResult, TenantQuotaName } from '@objectstack/spec/system';

const NOUNS: Record<TenantQuotaName, string> = {
  maxUsers: 'users',
  maxObjects: 'objects',
  maxRecordsPerObject: 'records of an object',
  maxDeploymentsPerDay: 'deployments a day',
  maxStorageBytes: 'bytes of storage',
  apiRequestsPerMinute: 'requests a minute',
};

export interface QuotaQuestion {
  readonly quota: TenantQuotaName;
  /** Absent is unlimited. */
  readonly limit: number | undefined;
  readonly usage: number;
  /** How much more is asked for. */
  readonly requested: number;
  readonly resetAt?: string;
}

/** Who is over a quota may still do what needs no more of it. */
export function evaluateQuota({ limit, ...asked }: QuotaQuestion): QuotaEnforcementResult {
  const { quota, usage, requested } = asked;
  if (limit === undefined) return { allowed: true, ...asked };
  if (requested === 0 || usage + requested <= limit) return { allowed: true, ...asked, limit };
  const message = `The plan allows ${limit} ${NOUNS[quota]}, and there would be ${usage + requested}.`;
  return { allowed: false, ...asked, limit, message };
}
