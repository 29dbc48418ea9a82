import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { existingDatabase } from '../shared/existing-database.js';
import { findTenant, tenantNotFound } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { accessDeadline, settleAccess } from './settle-access.js';

const ENTRIES_OF_A_PAGE = 100;

type Recovered = 'active' | 'suspended' | 'failed';

/** The status before the destruction, from the audit log. A registry of an early release may not have the entry. */
async function statusBefore({ registry }: ProvisioningContext, { tenant }: TenantRecord): Promise<Recovered> {
  const fallback = tenant.provisionedAt === undefined ? 'failed' : 'suspended';
  for (let after: number | undefined; ; ) {
    const query = { tenantId: tenant.id, limit: ENTRIES_OF_A_PAGE, ...(after !== undefined && { after }) };
    const entries = await registry.listAuditEntries(query);
    const isDestruction = (one: (typeof entries)[number]) =>
      one.action === 'change_tenant_status' && one.after === 'destroying';
    const before = entries.find(isDestruction)?.before;
    if (before === 'active' || before === 'suspended') return before;
    if (before !== undefined) return 'failed';
    after = entries.at(-1)?.sequence;
    if (entries.length < ENTRIES_OF_A_PAGE) return fallback;
  }
}

/** Returns a destroyed tenant to the status that it had. A repetition only completes what the first call left undone. */
export async function recoverTenant(
  context: ProvisioningContext,
  tenantId: string,
  options: CallOptions,
): Promise<void> {
  const found = await findTenant(context.registry, tenantId);
  throwIfAborted(options.signal);
  if (found.tenant.provisioningStatus !== 'destroying') {
    if (found.tenant.provisioningStatus !== 'provisioning') await settleAccess(context, found, options);
    return;
  }
  if (found.deadlineAt === null || found.deadlineAt <= instantNow(context)) throw tenantNotFound();
  const provisioningStatus = await statusBefore(context, found);
  if (provisioningStatus !== 'failed') await existingDatabase(context.dataPlane, found.databaseName);
  const change = {
    provisioningStatus,
    purgeAt: null,
    deadlineAt: accessDeadline(context),
    ifDeadlineAfter: instantNow(context),
  };
  const by = originOf(context, options);
  const { record } = await context.registry.updateTenant(tenantId, ['destroying'], change, by);
  if (record.tenant.provisioningStatus === 'destroying') throw tenantNotFound();
  context.router.invalidateCache(tenantId);
  await settleAccess(context, record, options);
}
