import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { ERROR_CODES, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { connectionOf } from '../shared/existing-database.js';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { takeOutOfService } from './delete-permanently.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { provisioningSteps } from './provisioning-steps.js';

interface Saga {
  readonly context: ProvisioningContext;
  readonly tenantId: string;
  readonly record: TenantRecord;
  /** Token of the lease, which fences every write. */
  readonly lease: number;
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
  const change = {
    provisioningStatus: 'failed',
    deadlineAt: null,
    lease: saga.lease,
    step: { name, outcome: { status: 'failed', at: instantNow(saga.context), errorCode, retryable } },
  } as const;
  const by = originOf(saga.context, saga.options);
  await saga.context.registry.updateTenant(saga.tenantId, ['provisioning'], change, by);
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
  if (!(await context.registry.recordStep(tenantId, name, { status: 'running', at, lease: saga.lease })))
    return undefined;
  try {
    return { value: await effect() };
  } catch (error) {
    await recordFailure(saga, name, error);
    return undefined;
  }
}

/** Returns whether the tenant can be activated. */
async function runEffects(saga: Saga): Promise<boolean> {
  const { context, tenantId, record, lease, options } = saga;
  for (const { name, run } of provisioningSteps(record)) {
    if (await isCompleted(saga, name)) continue;
    const outcome = await attempt(saga, name, () => run(context, record, options));
    if (!outcome && !(await isCompleted(saga, name))) return false;
    const end = { status: 'completed', at: instantNow(context), lease, ...outcome?.value } as const;
    if (!(await context.registry.recordStep(tenantId, name, end))) return false;
  }
  return true;
}

async function activate(saga: Saga): Promise<void> {
  const { context, tenantId, record, options } = saga;
  const connection = await attempt(saga, 'activate', () =>
    connectionOf(context.dataPlane, record.databaseName),
  );
  if (!connection) return;
  const at = instantNow(context);
  const change = {
    provisioningStatus: 'active',
    connectionConfig: connection.value,
    provisionedAt: at,
    deadlineAt: null,
    lease: saga.lease,
    step: { name: 'activate', outcome: { status: 'completed', at } },
  } as const;
  await context.registry.updateTenant(tenantId, ['provisioning'], change, originOf(context, options));
}

/** Takes the database out of service again if the tenant was destroyed meanwhile. */
async function settle({ context, tenantId }: Saga): Promise<TenantRecord> {
  const record = await context.registry.getTenant(tenantId);
  if (!record) return findTenant(context.registry, tenantId);
  if (record.tenant.provisioningStatus === 'destroying') await takeOutOfService(context, record);
  return record;
}

/** Runs the remaining steps of a provisioning, while the lease is held. */
export async function runProvisioningSaga(
  context: ProvisioningContext,
  record: TenantRecord,
  { lease, options }: { lease: number; options: CallOptions },
): Promise<TenantRecord> {
  const saga = { context, tenantId: record.tenant.id, record, lease, options };
  if (await runEffects(saga)) await activate(saga);
  return settle(saga);
}
