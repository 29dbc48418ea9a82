import { ObjectStackError } from '@objectstack/spec/shared';
import { type PartHealth, RuntimeHealthSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { HealthMonitor } from './health-monitor.js';

const error = (code: 'database_unreachable' | 'tenant_not_found') =>
  new ObjectStackError({ code, message: 'No.' });

function open(timeoutMs = 60_000) {
  const clock = new ManualClock();
  const changes: PartHealth[] = [];
  let registry = async (): Promise<unknown> => null;
  const probes = { registry: () => registry(), platform: async () => null, bundles: async () => null };
  const monitor = new HealthMonitor({ clock, probes, timeoutMs, onChange: (one) => changes.push(one) });
  return { clock, changes, monitor, fail: (work: typeof registry) => (registry = work) };
}

const registryOf = ({ parts }: { parts: readonly PartHealth[] }) =>
  parts.find(({ part }) => part === 'registry');

describe('HealthMonitor', () => {
  it('says since when each part is reachable or not, and reports each change once', async () => {
    const { clock, changes, monitor, fail } = open();
    const start = clock.now().toISOString();
    const healthy = await monitor.check();
    expect(RuntimeHealthSchema.parse(healthy)).toEqual(healthy);
    expect(healthy).toMatchObject({ status: 'ok', checkedAt: start });
    expect(healthy.parts).toHaveLength(3);
    clock.advance(1_000);
    const down = clock.now().toISOString();
    fail(async () => {
      throw error('database_unreachable');
    });
    expect((await monitor.check()).status).toBe('degraded');
    clock.advance(1_000);
    const still = await monitor.check();
    expect(registryOf(still)).toEqual({
      part: 'registry',
      reachable: false,
      since: down,
      errorCode: 'database_unreachable',
    });
    expect(still.parts.find(({ part }) => part === 'bundles')).toMatchObject({ since: start });
    fail(async () => null);
    expect(registryOf(await monitor.check())).toMatchObject({
      reachable: true,
      since: clock.now().toISOString(),
    });
    expect(changes.map(({ part, reachable }) => [part, reachable])).toEqual([
      ['registry', false],
      ['registry', true],
    ]);
  });

  it('learns from calls, but not from errors that are about the call', async () => {
    const { changes, monitor } = open();
    monitor.note('registry', error('tenant_not_found'));
    monitor.note('registry', new Error('bug'));
    expect(changes).toEqual([]);
    monitor.note('registry', error('database_unreachable'));
    monitor.note('registry');
    expect(changes.map(({ reachable }) => reachable)).toEqual([false, true]);
  });

  it('reports a part that does not answer, and an unexpected error, without their texts', async () => {
    const { monitor, fail } = open(1);
    fail(() => new Promise(() => undefined));
    expect(registryOf(await monitor.check())).toMatchObject({ errorCode: 'request_timeout' });
    fail(async () => {
      throw new Error('postgres://user:secret@host');
    });
    const health = await monitor.check();
    expect(registryOf(health)).toMatchObject({ errorCode: 'internal' });
    expect(JSON.stringify(health)).not.toContain('secret');
  });
});
