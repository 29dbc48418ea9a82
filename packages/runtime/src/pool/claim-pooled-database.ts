import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import type { ProvisioningStep, TenantProvisioningRequest } from '@objectstack/spec/system';
import { instantNow } from '../provisioning/provisioning-context.js';
import { provisioningSteps } from '../provisioning/provisioning-steps.js';
import { DEFAULT_CHANNEL } from '../shared/default-channel.js';
import { originOf } from '../shared/origin-of.js';
import type { PoolContext } from './pool-context.js';

export interface PoolRequest {
  readonly request: Pick<TenantProvisioningRequest, 'templateName' | 'plan'>;
  readonly requestedRegion: TenantRecord['requestedRegion'];
}

/** A tenant that was added with a prepared database, or that the organization requested before with the request key. */
export interface ClaimedDatabase {
  readonly found: TenantRecord;
  readonly created: boolean;
  /** Recorded steps of a tenant that was added. */
  readonly steps?: readonly ProvisioningStep[];
}

/** The steps of a provisioning, which took place before the tenant existed. */
function completedSteps(at: string, isCopy: boolean): (ProvisioningStep & { durationMs: number })[] {
  const templateDatabase = isCopy ? '' : null;
  const names = provisioningSteps({ templateDatabase }).map(({ name }) => name);
  return [...names, 'activate' as const].map((name) => ({
    name,
    status: 'completed',
    attempt: 1,
    startedAt: at,
    completedAt: at,
    durationMs: 0,
  }));
}

/** Whether the pool prepares what the request asks for. */
export function fitsPool({ pool }: PoolContext, { request, requestedRegion }: PoolRequest): boolean {
  if (!pool) return false;
  return request.templateName === pool.template && requestedRegion === (pool.region ?? null);
}

/**
 * Adds an active tenant with a prepared database, in one transaction of the registry. Null if there is none, or if new tenants
 * start at a release. The pool must fit the request.
 */
export async function claimPooledDatabase(
  context: PoolContext,
  asked: PoolRequest,
  { record, options }: { record: TenantRecord; options: CallOptions },
): Promise<ClaimedDatabase | null> {
  const { pool, templates, registry } = context;
  if (!pool) return null;
  const { template } = pool;
  if (template !== undefined) templates.assertAllowed(template, asked.request.plan);
  const at = instantNow(context);
  const active: TenantRecord = {
    ...record,
    tenant: { ...record.tenant, provisioningStatus: 'active', provisionedAt: at },
    deadlineAt: null,
  };
  const steps = completedSteps(at, template !== undefined);
  const claim = {
    record: active,
    steps,
    by: originOf(context, options),
    // The database contains no release.
    ...(template === undefined && { ifNoReleaseIn: DEFAULT_CHANNEL }),
  };
  const claimed = await registry.claimPooledDatabase(pool.key, claim);
  if (!claimed) return null;
  const { record: found, created } = claimed;
  return { found, created, ...(created && { steps }) };
}
