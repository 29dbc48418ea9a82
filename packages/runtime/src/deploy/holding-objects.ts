import { randomUUID } from 'node:crypto';
import type { DeployResult } from '@objectstack/spec/system';
import { quotaError } from '../quota/quota-error.js';
import { RESERVATION_TTL_MS } from '../quota/reserve-quota.js';
import { findTenant } from '../shared/find-tenant.js';
import { addedObjects } from './assert-within-quota.js';
import type { Execution } from './run-deployment.js';

/** Whether the objects exist now. */
const tookEffect = (result: DeployResult | null) => result !== null && result.outcome !== 'not_applied';

/**
 * Runs a deployment while the objects that it adds are reserved, so that they and the reservations of others are within the
 * quota together. A reservation that a crashed process leaves expires; another deployment from the same base is rejected
 * by the migration itself. Null if reservations were committed after the schema was read.
 */
export async function holdingObjects(
  execution: Execution,
  run: () => Promise<DeployResult | null>,
): Promise<DeployResult | null> {
  const { registry, clock } = execution.context;
  const { tenantId } = execution;
  const { usage, requested: amount } = addedObjects(execution);
  if (amount === 0) return run();
  const { maxObjects: limit } = (await findTenant(registry, tenantId)).tenant.quotas;
  if (limit === undefined) return run();
  const now = clock.now();
  const of = { tenantId, quota: 'maxObjects', period: '', now: now.toISOString() } as const;
  const { revision } = await registry.readQuota(of);
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + RESERVATION_TTL_MS).toISOString();
  const reservation = { id, tenantId, quota: 'maxObjects', amount, expiresAt } as const;
  const claimed = await registry.claimQuota({
    ...of,
    amount,
    limit,
    measured: { usage, revision },
    reservation,
  });
  if (claimed.outcome === 'measure_again') return null;
  if (claimed.outcome === 'refused')
    throw quotaError('quota_exceeded', {
      quota: 'maxObjects',
      limit,
      usage: usage + claimed.reserved,
      requested: amount,
    });
  let result: DeployResult | null = null;
  try {
    result = await run();
    return result;
  } finally {
    const outcome = tookEffect(result) ? 'commit' : 'release';
    // The deployment has ended either way; a reservation that cannot be ended now expires.
    await registry.endReservation(id, { outcome, now: clock.now().toISOString() }).catch(() => false);
  }
}
