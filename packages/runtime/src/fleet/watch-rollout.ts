import type { AbortOptions } from '@objectstack/spec/contracts';
import { throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type { Rollout } from '@objectstack/spec/system';
import { pause } from '../shared/pause.js';
import { findRollout, withProgress } from './find-rollout.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import type { RolloutDrives } from './rollout-drives.js';

const POLL_MS = 100;

interface Watched {
  readonly rollout: Rollout;
  /** Whether any process drives the rollout. */
  readonly isDriven: boolean;
}

async function look(context: FleetContext, rolloutId: string): Promise<Watched> {
  const record = await findRollout(context, rolloutId);
  const { leaseUntil } = record;
  const isDriven = leaseUntil !== null && leaseUntil > instantNow(context);
  return { rollout: await withProgress(context, record), isDriven };
}

const wait = async ({ signal }: AbortOptions) => {
  await pause(POLL_MS, signal ?? new AbortController().signal);
  throwIfAborted(signal);
};

/** See {@link IFleetService.waitForRollout}. */
export async function waitForRollout(
  context: FleetContext,
  drives: RolloutDrives,
  { rolloutId, options }: { rolloutId: string; options: AbortOptions },
): Promise<Rollout> {
  for (;;) {
    await unlessAborted(drives.ended(rolloutId), options.signal);
    const { rollout, isDriven } = await look(context, rolloutId);
    if (!isDriven) return rollout;
    await wait(options);
  }
}

/** See {@link IFleetService.watchRollout}. */
export async function* watchRollout(
  context: FleetContext,
  drives: RolloutDrives,
  { rolloutId, options }: { rolloutId: string; options: AbortOptions },
): AsyncGenerator<Rollout> {
  for (let last = ''; ; ) {
    throwIfAborted(options.signal);
    const isDrivenHere = drives.has(rolloutId);
    const { rollout, isDriven } = await look(context, rolloutId);
    const { status, wave, progress, accessUntil } = rollout;
    const text = JSON.stringify([status, wave, progress, accessUntil]);
    if (text !== last) yield rollout;
    last = text;
    if (!isDriven && !isDrivenHere) return;
    await wait(options);
  }
}
