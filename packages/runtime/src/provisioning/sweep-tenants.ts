import type { TenantRecord } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { timeForDeletion } from '../shared/clock.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { removeDatabase } from './remove-database.js';

/** What a sweep did, as tenant ids. */
export interface SweepResult {
  /** Tenants whose provisioning took too long; their request key continues it. */
  readonly failed: string[];
  /** Destroyed tenants whose data is gone for good. */
  readonly purged: string[];
  /** Tenants that the next sweep has to try again. */
  readonly problems: { readonly tenantId: string; readonly code: ErrorCode }[];
}

/** A caller that goes on with the tenant meanwhile has set another deadline. */
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

/** Takes the database aside once more first: a process that died after a destruction may have made it again. */
async function purge(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const destroyedAt = instantNow(context);
  await removeDatabase(context, { ...record, destroyedAt });
  await context.registry.updateTenant(record.tenant.id, ['destroying'], { destroyedAt, deadlineAt: null });
  return true;
}

/** Deletion cannot be repeated, so it waits for a clock that nobody can set forward; failing can be continued. */
function isInGrace({ clock }: ProvisioningContext, { deadlineAt }: TenantRecord): boolean {
  return deadlineAt === null || Date.parse(deadlineAt) > timeForDeletion(clock).getTime();
}

/** Ends what its deadline has passed. Harmless to repeat, also at once from several processes. */
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
