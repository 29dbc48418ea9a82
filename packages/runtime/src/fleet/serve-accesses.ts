import { isDeepStrictEqual } from 'node:util';
import type { RolloutRecord } from '@objectstack/spec/contracts';
import type { RolloutProgress } from '@objectstack/spec/system';
import { instantNow } from './fleet-context.js';
import { type Drive, runWave } from './run-wave.js';

/** How long an access that another process recorded waits; one of this process ends the pause. */
const ACCESS_POLL_MS = 250;

/**
 * The deadline of the mode `on_access` if the tenants of the wave are attempted on access until then: those of the wave that
 * follows the waves of the strategy.
 */
export function accessDeadline(
  { context, strategy: { mode, deadlineMs, waves } }: Drive,
  { wave, startedAt = '' }: RolloutRecord,
): string | null {
  if (mode !== 'on_access' || wave !== waves.length + 1) return null;
  const deadline = new Date(Date.parse(startedAt) + deadlineMs).toISOString();
  return deadline > instantNow(context) ? deadline : null;
}

/** Whether another process has paused, resumed or changed the rollout since it was read. */
async function isChanged({ context }: Drive, { id, strategy }: RolloutRecord): Promise<boolean> {
  const found = await context.registry.getRollout(id);
  return (
    found?.status !== 'running' ||
    found.accessUntil === undefined ||
    !isDeepStrictEqual(found.strategy, strategy)
  );
}

/**
 * Attempts tenants that are used, until one was attempted or the rollout was changed. Counting those of the rollout is left
 * out while none is.
 */
export async function serveAccesses(
  drive: Drive,
  record: RolloutRecord,
  { progress, deadline }: { progress: RolloutProgress; deadline: string },
): Promise<void> {
  const { context, lease } = drive;
  if (record.accessUntil === undefined) {
    const change = { from: ['running'] as const, lease: lease.token, accessUntil: deadline };
    await context.registry.updateRollout(record.id, { ...change, at: instantNow(context) });
    context.accessOpened();
  }
  while (!lease.signal.aborted && deadline > instantNow(context)) {
    if (await isChanged(drive, record)) return;
    if (await runWave(drive, record, { progress, accessed: true })) return;
    const left = Date.parse(deadline) - context.clock.now().getTime();
    await lease.sleep(Math.min(Math.max(left, 1), ACCESS_POLL_MS));
  }
}
