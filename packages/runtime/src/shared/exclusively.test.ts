import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { openControlPlane } from '../../test/control-plane.js';
import { exclusively, WORK_LEASE_MS } from './exclusively.js';

describe('exclusively', () => {
  it('does the work in one process at a time, and again when the lease is released or has ended', async () => {
    const first = await openControlPlane();
    const second = await openControlPlane({ dir: first.dir, clock: first.clock });
    const released = withResolvers<void>();
    const done: string[] = [];
    const note = (name: string) => async () => void done.push(name);
    const running = exclusively(first, 'sweep', () => released.promise);
    expect(await exclusively(first, 'other', note('other work'))).toBe(true);
    while ((await second.registry.takeWorkLease('sweep', { now: NEVER, until: NEVER })) !== null);
    expect(await exclusively(second, 'sweep', note('beside'))).toBe(false);
    first.clock.advance(WORK_LEASE_MS);
    expect(await exclusively(second, 'sweep', note('after the lease'))).toBe(true);
    released.resolve();
    expect(await running).toBe(true);
    expect(await exclusively(second, 'sweep', note('released'))).toBe(true);
    expect(done).toEqual(['other work', 'after the lease', 'released']);
  });

  it('releases the lease if the work fails', async () => {
    const plane = await openControlPlane();
    const failing = exclusively(plane, 'sweep', async () => {
      throw new Error('Broken.');
    });
    await expect(failing).rejects.toThrow('Broken.');
    expect(await exclusively(plane, 'sweep', async () => undefined)).toBe(true);
  });
});

/** Before every lease: a lease that is taken until then ends at once. */
const NEVER = '1970-01-01T00:00:00.000Z';
