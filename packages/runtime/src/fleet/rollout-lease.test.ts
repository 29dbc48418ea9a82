import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import type { FleetContext } from './fleet-context.js';
import { RolloutLease } from './rollout-lease.js';

const RELEASED = new Date(0).toISOString();

/** A registry whose lease is extended when the test says so. */
async function takeLease(extend: ITenantRegistry['extendRolloutLease'], rollout = { status: 'running' }) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const registry = {
    takeRolloutLease: async () => 1,
    extendRolloutLease: extend,
    getRollout: async () => ({ ...rollout }),
  };
  const lease = await RolloutLease.take(
    { registry, clock: new ManualClock() } as unknown as FleetContext,
    'r',
  );
  if (!lease) throw new Error('The lease was not taken.');
  return lease;
}

describe('RolloutLease', () => {
  it('is released after a heartbeat in progress, which would extend it again', async () => {
    const ends: string[] = [];
    let finishHeartbeat = () => {};
    const lease = await takeLease(async (_, { until }) => {
      if (until !== RELEASED)
        await new Promise<void>((resolve) => {
          finishHeartbeat = resolve;
        });
      ends.push(until);
      return true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    const released = lease.release();
    finishHeartbeat();
    await released;
    expect(ends).toEqual([expect.stringMatching(/^2026/), RELEASED]);
  });

  it('is released despite a temporary error of the registry', async () => {
    let calls = 0;
    const lease = await takeLease(async () => {
      if (++calls < 3) throw new ObjectStackError({ code: 'database_busy', message: 'Locked.' });
      return true;
    });
    await lease.release();
    expect(calls).toBe(3);
  });

  it('is halted when another process rolls back the rollout whose tenants its holder attempts', async () => {
    const rollout = { status: 'running' };
    const lease = await takeLease(async () => true, rollout);
    lease.serve('running');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lease.signal.aborted).toBe(false);
    rollout.status = 'rolling_back';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lease.signal.aborted).toBe(true);
    await lease.release();
  });

  it('sleeps until it is woken, also before it sleeps', async () => {
    const lease = await takeLease(async () => true);
    lease.wake();
    await lease.sleep(3_600_000);
    const sleeping = lease.sleep(3_600_000);
    lease.wake();
    await sleeping;
    lease.halt();
    await lease.sleep(3_600_000);
    await lease.release();
  });
});
