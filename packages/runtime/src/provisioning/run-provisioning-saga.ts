import type { CallOptions, TenantChange, TenantRecord } from '@objectstack/spec/contracts';
import { ERROR_CODES, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { type KnownDatabase, knownDatabase } from '../shared/existing-database.js';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { deletePermanently, takeOutOfService } from './delete-permanently.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import type { ProvisioningLease } from './provisioning-lease.js';
import { type ProvisioningEffect, provisioningSteps } from './provisioning-steps.js';
import { StepJournal } from './step-journal.js';

interface Saga {
  readonly context: ProvisioningContext;
  readonly tenantId: string;
  readonly record: TenantRecord;
  /** The token of the lease fences every write. */
  readonly lease: ProvisioningLease;
  readonly journal: StepJournal;
  readonly options: CallOptions;
  readonly database: KnownDatabase;
}

/** The steps that a process runs while it holds the lease. */
export interface RemainingSteps {
  readonly effects: readonly ProvisioningEffect[];
  /** The first of the steps, which starts with the lease. */
  readonly first: ProvisioningStepName;
}

/** Absent if the step failed or the tenant is no longer being provisioned. */
type Outcome<T> = { value: T } | undefined;

async function completedSteps({ registry }: ProvisioningContext, tenantId: string) {
  const steps = await registry.listSteps(tenantId);
  return new Set(steps.filter(({ status }) => status === 'completed').map(({ name }) => name));
}

const isCompleted = async ({ context, tenantId }: Saga, name: ProvisioningStepName) =>
  (await completedSteps(context, tenantId)).has(name);

const startingWith = (effects: readonly ProvisioningEffect[]): RemainingSteps => ({
  effects,
  first: effects[0]?.name ?? 'activate',
});

/** The steps of a tenant of which none was started. */
export const allSteps = (record: Pick<TenantRecord, 'templateDatabase'>): RemainingSteps =>
  startingWith(provisioningSteps(record));

/** The steps of the tenant's provisioning that are not completed. */
export async function remainingSteps(
  context: ProvisioningContext,
  record: TenantRecord,
): Promise<RemainingSteps> {
  const completed = await completedSteps(context, record.tenant.id);
  return startingWith(provisioningSteps(record).filter(({ name }) => !completed.has(name)));
}

/** Changes the status that the lease protects, which releases the lease. Null if the tenant is no longer being provisioned. */
async function endProvisioning(
  { context, tenantId, lease, options }: Saga,
  end: TenantChange,
): Promise<TenantRecord | null> {
  const change = { ...end, deadlineAt: null, lease: lease.token };
  const by = originOf(context, options);
  const { record, changed } = await context.registry.updateTenant(tenantId, ['provisioning'], change, by);
  if (!changed) return null;
  lease.releasedWithStatus();
  return record;
}

async function recordFailure(
  saga: Saga,
  { name, startedAt }: { name: ProvisioningStepName; startedAt: string },
  error: unknown,
): Promise<void> {
  const { code: errorCode, retryable } = ObjectStackError.isInstance(error)
    ? error
    : { code: 'internal' as const, retryable: ERROR_CODES.internal.retryable };
  if (errorCode === 'aborted') {
    await saga.journal.record();
    throw error;
  }
  if (await isCompleted(saga, name)) return;
  const outcome = { status: 'failed', at: instantNow(saga.context), errorCode, retryable } as const;
  const steps = saga.journal.endedWith(name, startedAt, outcome);
  await endProvisioning(saga, { provisioningStatus: 'failed', steps });
}

/** Runs the effect of a step, and records how it failed. */
async function attempt<T>(
  saga: Saga,
  step: { name: ProvisioningStepName; startedAt: string },
  effect: () => Promise<T>,
): Promise<Outcome<T>> {
  try {
    return { value: await effect() };
  } catch (error) {
    await recordFailure(saga, step, error);
    return undefined;
  }
}

/** Records what was done before the call ends because its caller aborted it. */
async function endIfAborted({ journal, options }: Saga): Promise<void> {
  if (options.signal?.aborted) await journal.record();
  throwIfAborted(options.signal);
}

/**
 * Runs the steps before the activation. Each step is recorded before its effect, together with the end of the steps before
 * it. The effect may have taken place before, or take place in another process at the same time. Returns whether the tenant
 * can be activated.
 */
async function runEffects(saga: Saga, effects: readonly ProvisioningEffect[]): Promise<boolean> {
  const { context, record, journal, database } = saga;
  const options = { ...saga.options, database };
  for (const effect of effects) {
    const { name } = effect;
    await endIfAborted(saga);
    const startedAt = instantNow(context);
    const isEffectless = journal.isStarted(name) || (await effect.isEffectless(record, options));
    if (!isEffectless && !(await journal.start(name))) return false;
    const outcome = await attempt(saga, { name, startedAt }, () => effect.run(context, record, options));
    if (!outcome && !(await isCompleted(saga, name))) return false;
    journal.complete(name, startedAt, outcome?.value ?? {});
  }
  await endIfAborted(saga);
  return true;
}

/**
 * The activation has no effect but the change of the tenant, with which it is recorded. Null if it failed, or if the tenant is
 * no longer being provisioned.
 */
async function activate(saga: Saga): Promise<TenantRecord | null> {
  const step = { name: 'activate', startedAt: instantNow(saga.context) } as const;
  const connection = await attempt(saga, step, saga.database.connection);
  if (!connection) return null;
  const at = instantNow(saga.context);
  return endProvisioning(saga, {
    provisioningStatus: 'active',
    connectionConfig: connection.value,
    provisionedAt: at,
    steps: saga.journal.endedWith(step.name, step.startedAt, { status: 'completed', at }),
  });
}

/** Takes the database out of service again if the tenant was destroyed meanwhile. */
async function settle({ context, tenantId }: Saga): Promise<TenantRecord> {
  const record = await context.registry.getTenant(tenantId);
  if (!record) return findTenant(context.registry, tenantId);
  if (record.tenant.provisioningStatus !== 'destroying') return record;
  if (record.destroyedAt === null) await takeOutOfService(context, record);
  // The deletion found no database, or this process has created it since.
  else await deletePermanently(context, record);
  return record;
}

/** Runs the remaining steps of a provisioning, while the lease is held. */
export async function runProvisioningSaga(
  context: ProvisioningContext,
  record: TenantRecord,
  { steps, lease, options }: Pick<Saga, 'lease' | 'options'> & { readonly steps: RemainingSteps },
): Promise<TenantRecord> {
  const tenantId = record.tenant.id;
  const database = knownDatabase(context.dataPlane, record.databaseName);
  const journal = new StepJournal(context, { tenantId, lease, started: steps.first });
  const saga = { context, tenantId, record, lease, journal, options, database };
  const active = (await runEffects(saga, steps.effects)) ? await activate(saga) : null;
  return active ?? settle(saga);
}
