import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type DeployBundle, TENANT_OWNER } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';

export interface QuotaQuestion {
  readonly tenantId: string;
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
}

/** Throws `quota_exceeded` when the tenant would have more objects than its plan allows. */
export async function assertWithinQuota(
  registry: ITenantRegistry,
  { tenantId, current, bundle }: QuotaQuestion,
): Promise<void> {
  const { maxObjects } = (await findTenant(registry, tenantId)).tenant.quotas;
  const others = current.objects.filter(({ owner }) => owner !== TENANT_OWNER).length;
  const requested = others + bundle.objects.length;
  if (maxObjects === undefined || requested <= maxObjects) return;
  throw new ObjectStackError({
    code: 'quota_exceeded',
    message: `The plan allows ${maxObjects} objects, and there would be ${requested}.`,
    details: { quota: 'maxObjects', limit: maxObjects, requested, usage: current.objects.length },
  });
}
