import type { TenantRecord } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { timeForDeletion } from '../shared/clock.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { removeDatabase } from './remove-database.js';

/** Result of a sweep, by tenant ids. */
export interface SweepResult {
  /** Tenants whose provisioning was overdue. Their request keys resume it. */
  readonly failed: string[];
  /** Destroyed tenants whose data was deleted permanently. */
  readonly purged: string[];
  /** Tenants that failed to be processed. The next sweep tries them again. */
  readonly problems: { readonly tenantId: string; readonly code: ErrorCode }[];
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
  const { changed } = await context.registry.updateTenant(tenant.id, ['provisioning'], {
    provisioningStatus: 'failed',
    deadlineAt: null,
    ifOverdueAt: outcome.at,
    ...(running && { step: { name: running.name, outcome } }),
  });
  return changed;
}

/** Removes the database once more first: a process that died after a destruction may have created it again. */
async function purge(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const destroyedAt = instantNow(context);
  await removeDatabase(context, { ...record, destroyedAt });
  await context.registry.updateTenant(record.tenant.id, ['destroying'], { destroyedAt, deadlineAt: null });
  return true;
}

/** Deletion is irreversible, so it uses a clock that cannot be set forward. A failed provisioning can be resumed. */
function isInGrace({ clock }: ProvisioningContext, { deadlineAt }: TenantRecord): boolean {
  return deadlineAt === null || Date.parse(deadlineAt) > timeForDeletion(clock).getTime();
}

/**
 * Fails overdue provisioning and purges destroyed tenants. Idempotent, also if several processes run it concurrently.
 */
export async function sweepTenants(context: ProvisioningContext): Promise<SweepResult> {
  const result: SweepResult = { failed: [], purged: [], problems: [] };
  for (const record of await context.registry.listOverdue(instantNow(context))) {
    const { id: tenantId, provisioningStatus } = record.tenant;
    const destroying = provisioningStatus === 'destroying';
    if (destroying && isInGrace(context, record)) continue;
    try {
      const isDone = await (destroying ? purge : failOverdue)(context, record);
      if (isDone) (destroying ? result.purged : result.failed).push(tenantId);
    } catch (error) {
      result.problems.push({ tenantId, code: ObjectStackError.isInstance(error) ? error.code : 'internal' });
    }
  }
  return result;
}
