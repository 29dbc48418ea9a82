import type { AbortOptions } from '@objectstack/spec/contracts';
import { throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type { Rollout } from '@objectstack/spec/system';
import { pause } from '../shared/pause.js';
import type { DrivenRollouts } from './driven-rollouts.js';
import { findRollout, withProgress } from './find-rollout.js';
import { type FleetContext, instantNow } from './fleet-context.js';

const POLL_MS = 100;

/**
 * Maximum time for which no process drives a running rollout: its process takes the lease after it has started or resumed the
 * rollout, and one that waits for the lease takes it over within half a second.
 */
const TAKEOVER_MS = 1_000;

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

/** Returns whether the rollout is driven, or a process is about to drive it. */
function drivenSoon(): (watched: Watched) => boolean {
  let since: number | undefined;
  return ({ rollout: { status }, isDriven }) => {
    if (isDriven) since = undefined;
    else if (status !== 'running' && status !== 'rolling_back') return false;
    else since ??= performance.now();
    return since === undefined || performance.now() - since < TAKEOVER_MS;
  };
}

const wait = async ({ signal }: AbortOptions) => {
  await pause(POLL_MS, signal ?? new AbortController().signal);
  throwIfAborted(signal);
};

/** See {@link IFleetService.waitForRollout}. */
export async function waitForRollout(
  context: FleetContext,
  drives: DrivenRollouts,
  { rolloutId, options }: { rolloutId: string; options: AbortOptions },
): Promise<Rollout> {
  const isDrivenSoon = drivenSoon();
  for (;;) {
    await unlessAborted(drives.ended(rolloutId), options.signal);
    const watched = await look(context, rolloutId);
    if (!isDrivenSoon(watched)) return watched.rollout;
    await wait(options);
  }
}

/** See {@link IFleetService.watchRollout}. */
export async function* watchRollout(
  context: FleetContext,
  drives: DrivenRollouts,
  { rolloutId, options }: { rolloutId: string; options: AbortOptions },
): AsyncGenerator<Rollout> {
  const isDrivenSoon = drivenSoon();
  for (let last = ''; ; ) {
    throwIfAborted(options.signal);
    const isDrivenHere = drives.has(rolloutId);
    const watched = await look(context, rolloutId);
    const { rollout } = watched;
    const { status, wave, progress, accessUntil } = rollout;
    const text = JSON.stringify([status, wave, progress, accessUntil]);
    if (text !== last) yield rollout;
    last = text;
    if (!isDrivenSoon(watched) && !isDrivenHere) return;
    await wait(options);
  }
}
