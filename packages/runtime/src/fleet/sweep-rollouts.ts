import { timeForDeletion } from '../shared/clock.js';
import { type FleetContext, instantNow } from './fleet-context.js';

/** Result of a sweep of rollouts. */
export interface RolloutSweepResult {
  /** Ids of rollouts that no process drove, and that this one continues in the background. */
  readonly resumedRollouts: string[];
  /** Number of rollouts that were removed because they were planned and not started within seven days. */
  readonly discardedRollouts: number;
}

const PLANNED_MS = 7 * 24 * 60 * 60 * 1_000;
const PAGE = 100;

async function discardPlanned({ registry, clock }: FleetContext): Promise<number> {
  const before = new Date(timeForDeletion(clock).getTime() - PLANNED_MS).toISOString();
  let discarded = 0;
  for (;;) {
    const planned = await registry.listPlannedRollouts({ before, limit: PAGE });
    for (const rolloutId of planned) if (await registry.discardRollout(rolloutId)) discarded++;
    if (planned.length < PAGE) return discarded;
  }
}

/** Continues rollouts whose process died, and removes those that were never started. Idempotent. */
export async function sweepRollouts(
  context: FleetContext,
  start: (rolloutId: string) => void,
): Promise<RolloutSweepResult> {
  const resumedRollouts = await context.registry.listAbandonedRollouts(instantNow(context));
  for (const rolloutId of resumedRollouts) start(rolloutId);
  return { resumedRollouts, discardedRollouts: await discardPlanned(context) };
}
