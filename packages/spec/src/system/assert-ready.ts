import { ERROR_CODES, type ErrorCode } from '../shared/error-code.zod.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import type { DeployResult } from './deploy-result.zod.js';
import type { TenantProvisioningResult } from './provisioning.zod.js';

/** Errors of tenants that exist and are not in service, as the tenant router reports them. */
const NOT_IN_SERVICE = {
  provisioning: 'tenant_not_ready',
  suspended: 'tenant_suspended',
  destroying: 'tenant_not_found',
} as const satisfies Record<string, ErrorCode>;

/** The error of a failed deployment, with its id and the seed datasets that have failures. */
function deploymentError(result: Extract<DeployResult, { status: 'failed' }>): ObjectStackError {
  const { code, message, retryable, details } = ObjectStackError.fromProblemDetails(result.error);
  const seeds = result.seeds.filter(({ failed }) => failed > 0);
  const { deploymentId, findings } = result;
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: {
      ...details,
      ...(deploymentId && { deploymentId }),
      ...(findings && { findings }),
      ...(seeds.length > 0 && { seeds }),
    },
  });
}

function errorOf(result: DeployResult | TenantProvisioningResult): ObjectStackError | undefined {
  if (result.status === 'ready' || result.status === 'active') return undefined;
  if (result.status !== 'failed') {
    const code = NOT_IN_SERVICE[result.status];
    return new ObjectStackError({ code, message: ERROR_CODES[code].title });
  }
  return 'deploymentId' in result
    ? deploymentError(result)
    : ObjectStackError.fromProblemDetails(result.error);
}

/**
 * Narrows the result of a deployment or of a provisioning request to a successful one. `executeDeployment` and
 * `provisionTenant` return a result with status `failed` instead of throwing, because a failure after the first effect is
 * part of the record; this throws the error of that result.
 *
 * For a failed deployment the error has the code of the failure, and `details.deploymentId`; if seed records could not be
 * written, `details.seeds` has the results of their datasets. For a tenant that is not active it is
 * `provisioning_failed`, `tenant_not_ready`, `tenant_suspended` or, while it is being destroyed, `tenant_not_found`.
 */
export function assertReady<Result extends DeployResult | TenantProvisioningResult>(
  result: Result,
): asserts result is Result & { status: 'ready' | 'active' } {
  const error = errorOf(result);
  if (error) throw error;
}
