import type { CallOptions, DataPlane, ISecretSealer } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { type Tenant, TenantQuotaOverridesSchema } from '@objectstack/spec/system';
import { assertUsageFits, type WhileReadable } from '../quota/assert-usage-fits.js';
import { effectiveQuotas } from '../quota/effective-quotas.js';
import { type QuotasOfPlans, quotasOfPlans } from '../quota/with-plan-quotas.js';
import { findTenant, tenantNotFound } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { withoutToken } from '../shared/without-token.js';
import type { TenantNamesContext } from './set-tenant-names.js';

export interface TenantQuotasContext extends TenantNamesContext {
  readonly dataPlane: DataPlane;
  /** Decrypts the tokens in the registry. Absent: there are none. */
  readonly sealer?: ISecretSealer | undefined;
  /** Absent: quotas of a suspended tenant whose database a server blocks cannot be lowered. */
  readonly whileReadable?: WhileReadable | undefined;
  /** Quotas of the plans. Absent: the defaults. */
  readonly planQuotas?: QuotasOfPlans | undefined;
}

/** See {@link ITenantService.setQuotas}. */
export async function setTenantQuotas(
  context: TenantQuotasContext,
  tenantId: string,
  { quotas, options }: { quotas: unknown; options: CallOptions },
): Promise<Tenant> {
  const { registry, router, clock, planQuotas = quotasOfPlans() } = context;
  const overrides = parseInput(TenantQuotaOverridesSchema, quotas, 'quotas');
  const record = await findTenant(registry, tenantId);
  if (record.tenant.provisioningStatus === 'destroying') throw tenantNotFound();
  await assertUsageFits(context, record, effectiveQuotas(planQuotas[record.tenant.plan], overrides));
  throwIfAborted(options.signal);
  const { actor, requestId } = options;
  const by = { actor, requestId, at: clock.now().toISOString() };
  const changed = await registry.setQuotaOverrides(record.tenant.id, overrides, by);
  router.invalidateCache(tenantId);
  return withoutToken(changed);
}
