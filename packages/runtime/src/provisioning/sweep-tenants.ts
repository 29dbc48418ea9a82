import type { TenantRecord } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { timeForDeletion } from '../shared/clock.js';
import { originOf } from '../shared/origin-of.js';
import { blockDestroyed, listPossiblyUnblocked } from './block-destroyed.js';
import { runWithLease } from './drive-provisioning.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { purgeTenant } from './purge-tenant.js';
import { settleAccess } from './settle-access.js';
import { waitAtMost } from './wait-at-most.js';

/** Time for which a sweep waits for a provisioning that it resumes; then it continues in the background. */
const RESUMED_WITHIN_MS = 30_000;

/** A tenant that failed to be processed, or a template or prepared database by its name. */
type SweepProblem =
  | { readonly tenantId: string; readonly code: ErrorCode }
  | { readonly databaseName: string; readonly code: ErrorCode };

/** Result of a sweep, by tenant ids. */
export interface SweepResult {
  /** Tenants whose provisioning was overdue. Their request keys resume it. */
  readonly failed: string[];
  /** Tenants whose provisioning was interrupted and that are active now. */
  readonly resumed: string[];
  /** Tenants whose status had changed while the access to their database had not. */
  readonly settled: string[];
  /** Destroyed tenants whose data was deleted permanently. */
  readonly purged: string[];
  /** Names of the template databases that were deleted because no process used them. */
  readonly removedTemplates: string[];
  /** Names of the prepared databases that were deleted because no process used them, or their preparation was interrupted. */
  readonly removedFromPool: string[];
  /** Tenants, templates and prepared databases that failed to be processed. The next sweep tries them again. */
  readonly problems: SweepProblem[];
}

/** Has no effect if a caller has resumed the provisioning meanwhile, which sets another deadline. */
async function failOverdue(context: ProvisioningContext, { tenant }: TenantRecord): Promise<boolean> {
  const steps = await context.registry.listSteps(tenant.id);
  const running = steps.find(({ status }) => status === 'running');
  const outcome = {
    status: 'failed',
    at: instantNow(context),
    errorCode: 'provisioning_failed',
    retryable: true,
  } as const;
  const change = {
    provisioningStatus: 'failed',
    deadlineAt: null,
    ifOverdueAt: outcome.at,
    ...(running && { steps: [{ name: running.name, outcome }] }),
  } as const;
  const by = originOf(context, {});
  const { changed } = await context.registry.updateTenant(tenant.id, ['provisioning'], change, by);
  return changed;
}

/** Deletion is irreversible, so it uses a clock that cannot be set forward. A failed provisioning can be resumed. */
async function purge(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const isInGrace = Date.parse(record.deadlineAt ?? '') > timeForDeletion(context.clock).getTime();
  return !isInGrace && purgeTenant(context, record);
}

async function settle(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  await settleAccess(context, record);
  context.router.invalidateCache(record.tenant.id);
  return true;
}

/** Returns whether the tenant is active. One whose step fails again is reported as a problem. */
async function resume(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const settings = { waitMs: RESUMED_WITHIN_MS, options: {} };
  const reached = await waitAtMost(context.background, settings, (options) =>
    runWithLease(context, record, options),
  );
  const status = reached?.tenant.provisioningStatus;
  if (status !== 'failed') return status === 'active';
  throw new ObjectStackError({
    code: 'provisioning_failed',
    message: 'The interrupted provisioning failed. Repeat the request with the same request key to resume.',
    details: { tenantId: record.tenant.id },
  });
}

type Treatment = (context: ProvisioningContext, record: TenantRecord) => Promise<boolean>;

const OVERDUE = { provisioning: ['failed', failOverdue], destroying: ['purged', purge] } as const;

function treatmentOf({ tenant }: TenantRecord): readonly ['failed' | 'purged' | 'settled', Treatment] {
  const { provisioningStatus: status } = tenant;
  return status === 'provisioning' || status === 'destroying' ? OVERDUE[status] : ['settled', settle];
}

/**
 * Fails overdue provisioning, resumes interrupted provisioning and changes of status, purges destroyed tenants, and deletes
 * templates and prepared databases that no process uses. Idempotent, also if several processes run it concurrently.
 */
export async function sweepTenants(context: ProvisioningContext): Promise<SweepResult> {
  const { removedTemplates, problems } = await context.templates.sweep();
  const pool = await context.pool.sweep();
  const result: SweepResult = {
    failed: [],
    resumed: [],
    settled: [],
    purged: [],
    removedTemplates,
    removedFromPool: pool.removed,
    problems: [...problems, ...pool.problems],
  };
  const treat = async (treatment: Treatment, record: TenantRecord, done: string[]) => {
    const { id: tenantId } = record.tenant;
    try {
      if (await treatment(context, record)) done.push(tenantId);
    } catch (error) {
      if (context.background.signal.aborted) throw error;
      result.problems.push({ tenantId, code: ObjectStackError.isInstance(error) ? error.code : 'internal' });
    }
  };
  for (const record of await context.registry.listOverdue(instantNow(context))) {
    const [what, treatment] = treatmentOf(record);
    await treat(treatment, record, result[what]);
  }
  for (const record of await listPossiblyUnblocked(context))
    await treat(blockDestroyed, record, result.settled);
  for (const record of await context.registry.listAbandoned(instantNow(context)))
    await treat(resume, record, result.resumed);
  return result;
}
