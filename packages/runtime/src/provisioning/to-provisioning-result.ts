import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, type ProblemDetails } from '@objectstack/spec/shared';
import type { ProvisioningStep, TenantProvisioningResult } from '@objectstack/spec/system';

function problemOf(tenantId: string, steps: readonly ProvisioningStep[]): ProblemDetails {
  const step = steps.find(({ status }) => status === 'failed');
  return new ObjectStackError({
    code: 'provisioning_failed',
    message: step
      ? `The provisioning step ${step.name} failed with ${step.errorCode}. Repeat the request with the same request key to resume.`
      : 'Provisioning exceeded its deadline. Repeat the request with the same request key to resume.',
    details: { tenantId, ...(step && { step: step.name, errorCode: step.errorCode }) },
    ...(step?.retryable !== undefined && { retryable: step.retryable }),
  }).toProblemDetails();
}

/** The result of a provisioning, derived from what is recorded, so that a retry in another process returns the same. */
export function toProvisioningResult(
  { tenant }: TenantRecord,
  steps: ProvisioningStep[],
  totalDurationMs: number,
): TenantProvisioningResult {
  const { id: tenantId, region, plan, provisioningStatus: status, connectionConfig, provisionedAt } = tenant;
  const base = { tenantId, region, plan, steps, totalDurationMs };
  if (status === 'failed') return { ...base, status, error: problemOf(tenantId, steps) };
  if (status === 'provisioning' || status === 'destroying') return { ...base, status };
  if (!connectionConfig || !provisionedAt) {
    throw new ObjectStackError({
      code: 'internal',
      message: 'The registry has no connection for an active tenant. Restore the registry from a backup.',
    });
  }
  return { ...base, status, connectionUrl: connectionConfig.url, provisionedAt };
}
