import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { Clock } from './clock.js';

/** Duration of a lease without a heartbeat: how long another process waits after the holder was killed. */
export const WORK_LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const RELEASED_AT = new Date(0).toISOString();

export interface ExclusiveWorkContext {
  readonly registry: Pick<ITenantRegistry, 'takeWorkLease' | 'extendWorkLease'>;
  readonly clock: Clock;
}

/**
 * Does the work unless another process does work of the same name; returns whether it did. A process that is paused for
 * longer than the lease may still do its work beside the one that took over, so the work must be idempotent.
 */
export async function exclusively(
  { registry, clock }: ExclusiveWorkContext,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const until = () => new Date(clock.now().getTime() + WORK_LEASE_MS).toISOString();
  const token = await registry.takeWorkLease(name, { now: clock.now().toISOString(), until: until() });
  if (token === null) return false;
  const extend = () => void registry.extendWorkLease(name, { token, until: until() }).catch(() => false);
  const heartbeat = setInterval(extend, HEARTBEAT_MS).unref();
  try {
    await work();
    return true;
  } finally {
    clearInterval(heartbeat);
    await registry.extendWorkLease(name, { token, until: RELEASED_AT }).catch(() => false);
  }
}
