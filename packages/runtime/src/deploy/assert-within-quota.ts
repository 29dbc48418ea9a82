import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import {
  type CurrentSchema,
  type DeployBundle,
  TENANT_OWNER,
  type TenantQuota,
} from '@objectstack/spec/system';
import { assertQuota, quotaError } from '../quota/quota-error.js';
import { skippedAs } from '../seed/seed-set.js';
import { findTenant } from '../shared/find-tenant.js';

export interface QuotaOfDeployment {
  readonly current: Pick<CurrentSchema, 'objects'>;
  readonly bundle: DeployBundle;
}

/** Objects before the deployment, and those that it adds in sum. */
export function addedObjects({ current, bundle }: QuotaOfDeployment): { usage: number; requested: number } {
  const usage = current.objects.length;
  const others = current.objects.filter(({ owner }) => owner !== TENANT_OWNER).length;
  return { usage, requested: Math.max(0, others + bundle.objects.length - usage) };
}

/**
 * Throws `quota_exceeded` if a seed dataset has more records than an object may have. Whether they fit beside other records
 * is checked when they are written.
 */
function assertSeedCount(
  { maxRecordsPerObject: limit }: TenantQuota,
  bundle: DeployBundle,
  environment: SeedEnvironment,
): void {
  if (limit === undefined) return;
  for (const dataset of bundle.seedData) {
    const { object, records, mode } = dataset;
    if (mode === 'update' || records.length <= limit || skippedAs(dataset, bundle, environment)) continue;
    const question = { quota: 'maxRecordsPerObject', limit, usage: 0, requested: records.length } as const;
    throw quotaError('quota_exceeded', { ...question, object });
  }
}

/** Throws `quota_exceeded` if the bundle cannot be deployed to a tenant with the quotas. */
export function assertBundleFits(
  quotas: TenantQuota,
  deployment: QuotaOfDeployment,
  environment: SeedEnvironment,
): void {
  assertQuota({ quota: 'maxObjects', limit: quotas.maxObjects, ...addedObjects(deployment) });
  assertSeedCount(quotas, deployment.bundle, environment);
}

/** Throws `quota_exceeded` if the tenant's quotas do not allow the objects or the seeds of the bundle. */
export async function assertWithinQuota(
  registry: ITenantRegistry,
  { tenantId, ...deployment }: QuotaOfDeployment & { readonly tenantId: string },
  environment: SeedEnvironment,
): Promise<void> {
  // Most deployments add nothing that is limited: their tenant need not be read.
  if (addedObjects(deployment).requested === 0 && deployment.bundle.seedData.length === 0) return;
  const { quotas } = (await findTenant(registry, tenantId)).tenant;
  assertBundleFits(quotas, deployment, environment);
}
