import type { CallOptions, TenantChange, TenantRecord } from '@objectstack/spec/contracts';
import { ERROR_CODES, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { connectionOf } from '../shared/existing-database.js';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { takeOutOfService } from './delete-permanently.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import type { ProvisioningLease } from './provisioning-lease.js';
import { provisioningSteps } from './provisioning-steps.js';

interface Saga {
  readonly context: ProvisioningContext;
  readonly tenantId: string;
  readonly record: TenantRecord;
  /** The token of the lease fences every write. */
  readonly lease: ProvisioningLease;
  /** Step that was started when the lease was taken. */
  readonly started: ProvisioningStepName;
  readonly options: CallOptions;
}

/** Absent if the step failed or the tenant is no longer being provisioned. */
type Outcome<T> = { value: T } | undefined;

async function completedSteps({ registry }: ProvisioningContext, tenantId: string) {
  const steps = await registry.listSteps(tenantId);
  return new Set(steps.filter(({ status }) => status === 'completed').map(({ name }) => name));
}

const isCompleted = async ({ context, tenantId }: Saga, name: ProvisioningStepName) =>
  (await completedSteps(context, tenantId)).has(name);

async function remainingEffects(context: ProvisioningContext, record: TenantRecord) {
  const completed = await completedSteps(context, record.tenant.id);
  return provisioningSteps(record).filter(({ name }) => !completed.has(name));
}

/** Name of the first step of the tenant's provisioning that is not completed. */
export async function firstStep(
  context: ProvisioningContext,
  record: TenantRecord,
): Promise<ProvisioningStepName> {
  const [first] = await remainingEffects(context, record);
  return first?.name ?? 'activate';
}

/** Changes the status that the lease protects, which releases the lease. */
async function endProvisioning(
  { context, tenantId, lease, options }: Saga,
  end: TenantChange,
): Promise<void> {
  const change = { ...end, deadlineAt: null, lease: lease.token };
  const by = originOf(context, options);
  const { changed } = await context.registry.updateTenant(tenantId, ['provisioning'], change, by);
  if (changed) lease.releasedWithStatus();
}

async function recordFailure(saga: Saga, name: ProvisioningStepName, error: unknown): Promise<void> {
  const { code: errorCode, retryable } = ObjectStackError.isInstance(error)
    ? error
    : { code: 'internal' as const, retryable: ERROR_CODES.internal.retryable };
  if (errorCode === 'aborted') throw error;
  if (await isCompleted(saga, name)) return;
  const outcome = { status: 'failed', at: instantNow(saga.context), errorCode, retryable } as const;
  await endProvisioning(saga, { provisioningStatus: 'failed', step: { name, outcome } });
}

/** Runs the effect of a step that was started, and records how it failed. */
async function attempt<T>(
  saga: Saga,
  name: ProvisioningStepName,
  effect: () => Promise<T>,
): Promise<Outcome<T>> {
  throwIfAborted(saga.options.signal);
  try {
    return { value: await effect() };
  } catch (error) {
    await recordFailure(saga, name, error);
    return undefined;
  }
}

/** Records a step before its effect, unless that is done. False if the process may not go on. */
async function begin(saga: Saga, name: ProvisioningStepName, started: ProvisioningStepName) {
  if (name === started) return true;
  const { context, tenantId, lease } = saga;
  const change = { status: 'running', at: instantNow(context), lease: lease.token } as const;
  return context.registry.recordStep(tenantId, name, change);
}

/**
 * Runs the steps before the activation, and starts that one. Each step is recorded before its effect, together with the end
 * of the step before it. The effect may have taken place before, or take place in another process at the same time.
 * Returns whether the tenant can be activated.
 */
async function runEffects(saga: Saga): Promise<boolean> {
  const { context, tenantId, record, lease, options } = saga;
  const effects = await remainingEffects(context, record);
  let { started } = saga;
  for (const [index, { name, run }] of effects.entries()) {
    throwIfAborted(options.signal);
    if (!(await begin(saga, name, started))) return false;
    const outcome = await attempt(saga, name, () => run(context, record, options));
    if (!outcome && !(await isCompleted(saga, name))) return false;
    const next = effects[index + 1]?.name ?? 'activate';
    const end = {
      status: 'completed',
      at: instantNow(context),
      lease: lease.token,
      ...outcome?.value,
    } as const;
    const goesOn = !options.signal?.aborted;
    if (!(await context.registry.recordStep(tenantId, name, { ...end, ...(goesOn && { next }) })))
      return false;
    if (goesOn) started = next;
  }
  return begin(saga, 'activate', started);
}

async function activate(saga: Saga): Promise<void> {
  const { context, record } = saga;
  const connection = await attempt(saga, 'activate', () =>
    connectionOf(context.dataPlane, record.databaseName),
  );
  if (!connection) return;
  const at = instantNow(context);
  await endProvisioning(saga, {
    provisioningStatus: 'active',
    connectionConfig: connection.value,
    provisionedAt: at,
    step: { name: 'activate', outcome: { status: 'completed', at } },
  });
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
  run: Pick<Saga, 'lease' | 'started' | 'options'>,
): Promise<TenantRecord> {
  const saga = { context, tenantId: record.tenant.id, record, ...run };
  if (await runEffects(saga)) await activate(saga);
  return settle(saga);
}
