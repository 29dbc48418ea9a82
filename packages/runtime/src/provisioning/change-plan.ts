import type { CallOptions } from '@objectstack/spec/contracts';
import type { TenantPlan } from '@objectstack/spec/system';
import { assertUsageFits, type WhileReadable } from '../quota/assert-usage-fits.js';
import { effectiveQuotas } from '../quota/effective-quotas.js';
import { findTenant } from '../shared/find-tenant.js';
import { changeInService } from './change-in-service.js';
import type { ProvisioningContext } from './provisioning-context.js';
import { whileReadable } from './while-readable.js';

/** See {@link IProvisioningService.migrateTenantPlan}. */
export async function changePlan(
  context: ProvisioningContext,
  tenantId: string,
  { plan, options }: { plan: TenantPlan; options: CallOptions },
): Promise<void> {
  const record = await findTenant(context.registry, tenantId);
  const status = record.tenant.provisioningStatus;
  // Any other status is rejected by the change itself.
  if (status === 'active' || status === 'suspended') {
    const next = effectiveQuotas(context.planQuotas[plan], record.quotaOverrides ?? {});
    const readable: WhileReadable = (suspended, work) => whileReadable(context, suspended, work);
    await assertUsageFits({ ...context, whileReadable: readable }, record, next);
  }
  await changeInService(context, tenantId, { change: { plan }, options });
}
