import type { RolloutRecord } from '@objectstack/spec/contracts';
import { RolloutStrategySchema } from '@objectstack/spec/system';
import { LeaseLost } from './deploy-tenant.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { rollbackTenant } from './rollback-tenant.js';
import type { RolloutLease } from './rollout-lease.js';
import { rolloutRate } from './rollout-rate.js';
import { runBatch } from './run-batch.js';

const BATCH_FACTOR = 4;

/** Tenants that the rollout may have deployed to: a process that was killed may have left some of them pending. */
const MAY_BE_DEPLOYED = ['deployed', 'failed', 'pending'] as const;

/** Rolls back the deployments of a rollout, the last tenant first, until all are attempted or the lease is halted. */
export async function driveRollback(
  context: FleetContext,
  lease: RolloutLease,
  { id, strategy: stored }: RolloutRecord,
): Promise<void> {
  const { registry } = context;
  const { concurrency, maxTenantsPerSecond } = RolloutStrategySchema.parse(stored ?? {});
  const waitTurn = rolloutRate(maxTenantsPerSecond);
  for (let before: number | undefined; !lease.signal.aborted; ) {
    const items = await registry.listRolloutTenants(id, {
      states: MAY_BE_DEPLOYED,
      descending: true,
      ...(before !== undefined && { after: before }),
      limit: concurrency * BATCH_FACTOR,
    });
    if (items.length === 0) {
      const at = instantNow(context);
      const change = { from: ['rolling_back'] as const, lease: lease.token, status: 'rolled_back' as const };
      await registry.updateRollout(id, { ...change, endedAt: at, at });
      return;
    }
    const changes = await runBatch({
      items,
      concurrency,
      waitTurn,
      signal: lease.signal,
      run: async (member, slot) => {
        await slot.enter();
        return rollbackTenant(context, member);
      },
      mayContinue: () => true,
    });
    if (!(await registry.saveRolloutTenants(id, changes, lease.token))) throw new LeaseLost();
    before = items.at(-1)?.position;
  }
}
