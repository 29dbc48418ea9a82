import type { RolloutRecord, RolloutTenantChange } from '@objectstack/spec/contracts';
import type { ErrorCode } from '@objectstack/spec/shared';
import type { RolloutProgress, RolloutStrategy } from '@objectstack/spec/system';
import { deployTenant, LeaseLost, type RolloutTarget } from './deploy-tenant.js';
import { isExceeded } from './error-budget.js';
import type { FleetContext } from './fleet-context.js';
import type { RolloutLease } from './rollout-lease.js';
import type { rolloutRate } from './rollout-rate.js';
import { runBatch } from './run-batch.js';

/** Tenants of a batch for each that is deployed at the same time. Their outcomes are written in one transaction. */
const BATCH_FACTOR = 8;

/** What the steps of a running rollout have in common. */
export interface Drive {
  readonly context: FleetContext;
  readonly lease: RolloutLease;
  readonly strategy: RolloutStrategy;
  readonly target: RolloutTarget;
  readonly waitTurn: ReturnType<typeof rolloutRate>;
}

function failuresWith({ failures }: RolloutProgress, changes: readonly RolloutTenantChange[]) {
  const counts: Partial<Record<ErrorCode, number>> = { ...failures };
  for (const { state, problem } of changes)
    if (state === 'failed' && problem) counts[problem.code] = (counts[problem.code] ?? 0) + 1;
  return counts;
}

/** Attempts a batch of the wave. Returns whether it has a tenant to attempt. */
export async function runWave(
  drive: Drive,
  { id, wave, plan }: RolloutRecord,
  { progress, accessed }: { progress: RolloutProgress; accessed: boolean },
): Promise<boolean> {
  const { context, lease, strategy, target, waitTurn } = drive;
  const { concurrency } = strategy;
  const items = await context.registry.listRolloutTenants(id, {
    states: ['pending'],
    wave,
    accessed,
    limit: concurrency * BATCH_FACTOR,
  });
  if (items.length === 0) return false;
  const changes = await runBatch({
    items,
    concurrency,
    waitTurn,
    signal: lease.signal,
    run: (member, slot) => deployTenant(context, target, { member, slot }),
    mayContinue: (done) => !isExceeded(strategy, failuresWith(progress, done), plan.tenants),
  });
  if (!(await context.registry.saveRolloutTenants(id, changes, lease.token))) throw new LeaseLost();
  return true;
}
