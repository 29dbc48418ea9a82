import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, type ProblemDetails } from '@objectstack/spec/shared';
import type { ProvisioningStep, TenantProvisioningResult } from '@objectstack/spec/system';

function problemOf(tenantId: string, steps: readonly ProvisioningStep[]): ProblemDetails {
  const step = steps.find(({ status }) => status === 'failed');
  return new ObjectStackError({
    code: 'provisioning_failed',
    message: step
      ? `Step ${step.name} failed with ${step.errorCode}.`
      : 'Provisioning did not finish in time.',
    details: { tenantId, ...(step && { step: step.name, errorCode: step.errorCode }) },
    ...(step?.retryable !== undefined && { retryable: step.retryable }),
  }).toProblemDetails();
}

/** The answer to a request, made from what is recorded: a retry in another process gives the same. */
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
    throw new ObjectStackError({ code: 'internal', message: 'An active tenant has no connection.' });
  }
  return { ...base, status, connectionUrl: connectionConfig.url, provisionedAt };
}
