import type { DailyLimit } from '@objectstack/spec/contracts';
import { periodOf } from '../quota/period-of.js';
import { findTenant } from '../shared/find-tenant.js';
import type { DeployContext } from './deploy-context.js';

/** The quota of deployments that a tenant has today; undefined if it is unlimited. */
export async function dailyLimit({
  context: { registry, clock },
  tenantId,
}: {
  readonly context: Pick<DeployContext, 'registry' | 'clock'>;
  readonly tenantId: string;
}): Promise<DailyLimit | undefined> {
  const { maxDeploymentsPerDay: limit } = (await findTenant(registry, tenantId)).tenant.quotas;
  if (limit === undefined) return undefined;
  const now = clock.now();
  return { limit, since: periodOf('maxDeploymentsPerDay', now).period, now: now.toISOString() };
}
