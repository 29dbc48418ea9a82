import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type DeployBundle, TENANT_OWNER } from '@objectstack/spec/system';
import { evaluateQuota } from '../quota/evaluate-quota.js';
import { findTenant } from '../shared/find-tenant.js';

export interface QuotaOfDeployment {
  readonly tenantId: string;
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
}

/** Throws `quota_exceeded` if the bundle requires more objects than the tenant's subscription plan allows. */
export async function assertWithinQuota(
  registry: ITenantRegistry,
  { tenantId, current, bundle }: QuotaOfDeployment,
): Promise<void> {
  const { maxObjects: limit } = (await findTenant(registry, tenantId)).tenant.quotas;
  const usage = current.objects.length;
  const others = current.objects.filter(({ owner }) => owner !== TENANT_OWNER).length;
  const requested = Math.max(0, others + bundle.objects.length - usage);
  const result = evaluateQuota({ quota: 'maxObjects', limit, usage, requested });
  if (result.allowed) return;
  const { quota, message } = result;
  throw new ObjectStackError({
    code: 'quota_exceeded',
    message,
    details: { quota, maximum: limit, usage, requested },
  });
}
