import type { RolloutAccess } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { BackgroundWork } from '../provisioning/background-work.js';
import { AccessGate } from './access-gate.js';
import type { FleetContext } from './fleet-context.js';

const TTL_MS = 5_000;

// A slow machine must not end a period.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function openGate({ isOpen, access }: { isOpen: () => boolean; access: () => RolloutAccess | null }) {
  const clock = new ManualClock();
  const calls: string[] = [];
  const registry = {
    hasRolloutsOnAccess: async () => {
      calls.push('any');
      return isOpen();
    },
    recordAccess: async (tenantId: string) => {
      calls.push(tenantId);
      return access();
    },
  };
  const woken: string[] = [];
  const context = { registry, clock, background: new BackgroundWork() } as unknown as FleetContext;
  const gate = new AccessGate(context, (rolloutId) => void woken.push(rolloutId));
  return { gate, clock, calls, woken };
}

describe('AccessGate', () => {
  it('asks the registry once in five seconds while no rollout attempts tenants on access', async () => {
    const { gate, clock, calls } = openGate({ isOpen: () => false, access: () => null });
    await Promise.all(['t1', 't2'].map((tenantId) => gate.pass(tenantId)));
    expect(calls).toEqual(['any']);
    expect(gate.admits('t3')).toBe(true);
    clock.advance(TTL_MS);
    expect(gate.admits('t1')).toBe(false);
    await gate.pass('t1');
    expect(calls).toEqual(['any', 'any']);
  });

  it('waits until the tenant was attempted, once for concurrent accesses', async () => {
    let left = 2;
    const { gate, calls, woken } = openGate({
      isOpen: () => true,
      access: () => (left-- > 0 ? { rolloutId: 'r', waitMs: 60_000 } : null),
    });
    await Promise.all([gate.pass('t1'), gate.pass('t1')]);
    expect(calls).toEqual(['any', 't1', 't1', 't1']);
    expect(woken).toEqual(['r', 'r']);
    expect(gate.admits('t1')).toBe(true);
    expect(gate.admits('t2')).toBe(false);
  });

  it('does not let a tenant wait again after it waited in vain, until something is started', async () => {
    const { gate, clock, calls } = openGate({
      isOpen: () => true,
      access: () => ({ rolloutId: 'r', waitMs: 0 }),
    });
    await gate.pass('t1');
    clock.advance(TTL_MS);
    await gate.pass('t1');
    expect(calls).toEqual(['any', 't1', 'any']);
    gate.reset();
    await gate.pass('t1');
    expect(calls).toEqual(['any', 't1', 'any', 'any', 't1']);
  });

  it('lets accesses pass when the registry does not answer', async () => {
    const fail = () => {
      throw new ObjectStackError({ code: 'database_busy', message: 'Locked.' });
    };
    const { gate } = openGate({ isOpen: fail, access: fail });
    await gate.pass('t1');
    expect(gate.admits('t1')).toBe(true);
    const opened = openGate({ isOpen: () => true, access: fail });
    await opened.gate.pass('t1');
    expect(opened.gate.admits('t1')).toBe(true);
  });
});
