import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import type { ProvisioningStep, TenantProvisioningRequest } from '@objectstack/spec/system';
import { instantNow } from '../provisioning/provisioning-context.js';
import { provisioningSteps } from '../provisioning/provisioning-steps.js';
import { originOf } from '../shared/origin-of.js';
import type { PoolContext } from './pool-context.js';

export interface PoolRequest {
  readonly request: Pick<TenantProvisioningRequest, 'templateName' | 'plan'>;
  readonly requestedRegion: TenantRecord['requestedRegion'];
}

/** The steps of a provisioning, which took place before the tenant existed. */
function completedSteps(at: string, isCopy: boolean): ProvisioningStep[] {
  const templateDatabase = isCopy ? '' : null;
  const names = provisioningSteps({ templateDatabase }).map(({ name }) => name);
  return [...names, 'activate' as const].map((name) => ({
    name,
    status: 'completed',
    attempt: 1,
    startedAt: at,
    completedAt: at,
  }));
}

/** Whether the pool prepares what the request asks for. */
function fits({ pool }: PoolContext, { request, requestedRegion }: PoolRequest): boolean {
  if (!pool) return false;
  return request.templateName === pool.template && requestedRegion === (pool.region ?? null);
}

/** Adds an active tenant with a prepared database, in one transaction of the registry. Null if there is none. */
export async function claimPooledDatabase(
  context: PoolContext,
  asked: PoolRequest,
  { record, options }: { record: TenantRecord; options: CallOptions },
): Promise<{ found: TenantRecord; created: boolean } | null> {
  const { pool, templates, registry } = context;
  if (!pool || !fits(context, asked)) return null;
  const { template } = pool;
  if (template !== undefined) templates.assertAllowed(template, asked.request.plan);
  const at = instantNow(context);
  const active: TenantRecord = {
    ...record,
    tenant: { ...record.tenant, provisioningStatus: 'active', provisionedAt: at },
    deadlineAt: null,
  };
  const claim = {
    record: active,
    steps: completedSteps(at, template !== undefined),
    by: originOf(context, options),
  };
  const claimed = await registry.claimPooledDatabase(pool.key, claim);
  return claimed && { found: claimed.record, created: claimed.created };
}
