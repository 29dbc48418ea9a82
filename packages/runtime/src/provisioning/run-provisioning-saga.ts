import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { ERROR_CODES, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { instantIn, instantNow, type ProvisioningContext } from './provisioning-context.js';
import { connectionOf, PROVISIONING_STEPS } from './provisioning-steps.js';
import { removeDatabase } from './remove-database.js';

interface Saga {
  readonly context: ProvisioningContext;
  readonly tenantId: string;
  readonly databaseName: string;
  readonly options: CallOptions;
}

/** Absent if the step failed or the tenant is no longer being provisioned. */
type Outcome<T> = { value: T } | undefined;

async function isCompleted({ context, tenantId }: Saga, name: ProvisioningStepName): Promise<boolean> {
  const steps = await context.registry.listSteps(tenantId);
  return steps.some((step) => step.name === name && step.status === 'completed');
}

async function recordFailure(saga: Saga, name: ProvisioningStepName, error: unknown): Promise<void> {
  const { code: errorCode, retryable } = ObjectStackError.isInstance(error)
    ? error
    : { code: 'internal' as const, retryable: ERROR_CODES.internal.retryable };
  if (errorCode === 'aborted') throw error;
  if (await isCompleted(saga, name)) return;
  await saga.context.registry.updateTenant(saga.tenantId, ['provisioning'], {
    provisioningStatus: 'failed',
    deadlineAt: null,
    step: { name, outcome: { status: 'failed', at: instantNow(saga.context), errorCode, retryable } },
  });
}

/**
 * Records a step before its effect. The effect may have taken place before, or take place in another process at the
 * same time.
 */
async function attempt<T>(
  saga: Saga,
  name: ProvisioningStepName,
  effect: () => Promise<T>,
): Promise<Outcome<T>> {
  const { context, tenantId, options } = saga;
  throwIfAborted(options.signal);
  const at = instantNow(context);
  if (!(await context.registry.recordStep(tenantId, name, { status: 'running', at }))) return undefined;
  try {
    return { value: await effect() };
  } catch (error) {
    await recordFailure(saga, name, error);
    return undefined;
  }
}

/** Returns whether the tenant can be activated. */
async function runEffects(saga: Saga): Promise<boolean> {
  const { context, tenantId, options } = saga;
  for (const { name, run } of PROVISIONING_STEPS) {
    if (await isCompleted(saga, name)) continue;
    const outcome = await attempt(saga, name, () => run(context.dataPlane, saga, options));
    if (!outcome && !(await isCompleted(saga, name))) return false;
    const end = { status: 'completed', at: instantNow(context), ...outcome?.value } as const;
    if (!(await context.registry.recordStep(tenantId, name, end))) return false;
  }
  return true;
}

async function activate(saga: Saga): Promise<void> {
  const { context, tenantId, databaseName } = saga;
  const connection = await attempt(saga, 'activate', () => connectionOf(context.dataPlane, databaseName));
  if (!connection) return;
  const at = instantNow(context);
  await context.registry.updateTenant(tenantId, ['provisioning'], {
    provisioningStatus: 'active',
    connectionConfig: connection.value,
    provisionedAt: at,
    deadlineAt: null,
    step: { name: 'activate', outcome: { status: 'completed', at } },
  });
}

/** Removes the database again if the tenant was destroyed meanwhile. */
async function settle({ context, tenantId }: Saga): Promise<TenantRecord> {
  const record = await context.registry.getTenant(tenantId);
  if (!record) return findTenant(context.registry, tenantId);
  if (record.tenant.provisioningStatus === 'destroying') await removeDatabase(context, record);
  return record;
}

/** Runs the remaining steps of a provisioning. Several callers may do so concurrently. */
export async function runProvisioningSaga(
  context: ProvisioningContext,
  { tenant, databaseName }: TenantRecord,
  options: CallOptions,
): Promise<TenantRecord> {
  const saga = { context, tenantId: tenant.id, databaseName, options };
  if (await runEffects(saga)) await activate(saga);
  return settle(saga);
}

/** Resumes a provisioning that failed or was interrupted. */
export async function resumeProvisioning(
  context: ProvisioningContext,
  { tenant }: TenantRecord,
  options: CallOptions,
): Promise<TenantRecord> {
  throwIfAborted(options.signal);
  const { record, changed } = await context.registry.updateTenant(tenant.id, ['provisioning', 'failed'], {
    provisioningStatus: 'provisioning',
    deadlineAt: instantIn(context, context.provisionDeadlineMs),
  });
  return changed ? runProvisioningSaga(context, record, options) : record;
}
