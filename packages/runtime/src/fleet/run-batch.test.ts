import type { RolloutTenantChange } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import type { Slot } from './batch-slots.js';
import { type Batch, runBatch } from './run-batch.js';

const ITEMS = Array.from({ length: 20 }, (_, index) => `t${index}`);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const deployed = (tenantId: string): RolloutTenantChange => ({ tenantId, state: 'deployed' });

/** Runs a batch whose items need some turns before, during and after the change of their database. */
async function observe({
  concurrency,
  fails = '',
  leaves = true,
  throws = '',
  signal = new AbortController().signal,
  waitTurn,
  onChange = () => {},
}: {
  concurrency: number;
  fails?: string;
  leaves?: boolean;
  throws?: string;
  signal?: AbortSignal;
  waitTurn?: Batch<string>['waitTurn'];
  onChange?: (tenantId: string) => void;
}) {
  const seen = { inside: 0, most: 0, prepared: [] as string[], changed: [] as string[] };
  const run = async (tenantId: string, slot: Slot): Promise<RolloutTenantChange | null> => {
    seen.prepared.push(tenantId);
    await turn();
    await slot.enter();
    seen.changed.push(tenantId);
    onChange(tenantId);
    seen.most = Math.max(seen.most, ++seen.inside);
    for (let turns = 0; turns < 5; turns++) await turn();
    seen.inside--;
    if (tenantId === throws) throw new Error('lost');
    if (tenantId === fails) return { tenantId, state: 'failed' };
    if (leaves) slot.leave();
    for (let turns = 0; turns < 5; turns++) await turn();
    return deployed(tenantId);
  };
  const changes = await runBatch({
    items: ITEMS,
    concurrency,
    signal,
    waitTurn,
    run,
    mayContinue: (done) => done.every(({ state }) => state !== 'failed'),
  });
  return { ...seen, changes };
}

describe('runBatch', () => {
  it.each([1, 2, 3, 4, 8, 50])(
    'changes at most %i databases at the same time, and all of them',
    async (concurrency) => {
      for (const leaves of [true, false]) {
        const { most, changes, changed } = await observe({ concurrency, leaves });
        expect(most).toBe(Math.min(concurrency, ITEMS.length));
        expect(changed).toEqual(ITEMS);
        expect(changes.map(({ tenantId }) => tenantId).sort()).toEqual([...ITEMS].sort());
      }
    },
  );

  it('prepares items while others are changed', async () => {
    const { prepared } = await observe({ concurrency: 8, fails: 't0' });
    expect(prepared.length).toBeGreaterThan(8);
  });

  it('changes no database after one has failed for good, although others were prepared', async () => {
    const { changed, changes } = await observe({ concurrency: 8, fails: 't0' });
    expect(changed).toEqual(ITEMS.slice(0, 8));
    expect(changes).toHaveLength(8);
  });

  it('prepares one item at a time if one database is changed at a time', async () => {
    const { prepared } = await observe({ concurrency: 1, fails: 't2' });
    expect(prepared).toEqual(['t0', 't1', 't2']);
  });

  it('rejects like an item, and starts no other one', async () => {
    const { prepared } = await observe({ concurrency: 2, fails: 't3' });
    expect(prepared.length).toBeLessThan(ITEMS.length);
    await expect(observe({ concurrency: 2, throws: 't3' })).rejects.toThrow('lost');
  });

  it.each([1, 3, 8])(
    'changes no further database after it is aborted, of %i at the same time',
    async (concurrency) => {
      const controller = new AbortController();
      const afterAbort: string[] = [];
      const { changed, changes, prepared } = await observe({
        concurrency,
        signal: controller.signal,
        onChange: (tenantId) => {
          if (tenantId === 't8') setImmediate(() => controller.abort());
          if (controller.signal.aborted) afterAbort.push(tenantId);
        },
      });
      expect(afterAbort).toEqual([]);
      expect(changed).toContain('t8');
      expect(changes).toHaveLength(changed.length);
      if (concurrency === 8) expect(prepared.length).toBeGreaterThan(changed.length);
    },
  );

  it('changes no further database after an item has rejected, although others were prepared', async () => {
    const changed: string[] = [];
    const observed = observe({
      concurrency: 8,
      throws: 't0',
      onChange: (tenantId) => changed.push(tenantId),
    });
    await expect(observed).rejects.toThrow('lost');
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(changed).toEqual(ITEMS.slice(0, 8));
  });

  it('does not change several databases at once at a limited rate, when several slots become free', async () => {
    const ends: (() => void)[] = [];
    const settled = async () => {
      for (let turns = 0; turns < 20; turns++) await turn();
    };
    let turnsGiven = 0;
    const running = runBatch({
      items: ITEMS.slice(0, 12),
      concurrency: 4,
      signal: new AbortController().signal,
      waitTurn: async () => {
        await turn();
        turnsGiven++;
      },
      run: async (tenantId, slot) => {
        await slot.enter();
        await new Promise<void>((resolve) => ends.push(resolve));
        return deployed(tenantId);
      },
      mayContinue: () => true,
    });
    for (let ended = 0; ended < 12; ended += 4) {
      await settled();
      // A tenant that had its turn before there was a slot for it would follow the one before at once.
      expect(turnsGiven).toBeLessThanOrEqual(ended + 5);
      expect(ends).toHaveLength(ended + 4);
      for (const end of ends.slice(ended)) end();
    }
    expect(await running).toHaveLength(12);
  });

  it.each([
    [1, 1],
    [3, 3],
    [4, 12],
    [8, 24],
  ])('with %i slots, starts at most %i items whose end is not recorded', async (concurrency, most) => {
    const items = Array.from({ length: 100 }, (_, index) => `t${index}`);
    const [started, ends]: [string[], (() => void)[]] = [[], []];
    let hasFailed = false;
    const running = runBatch({
      items,
      concurrency,
      signal: new AbortController().signal,
      run: async (tenantId, slot): Promise<RolloutTenantChange> => {
        started.push(tenantId);
        await slot.enter();
        slot.leave();
        await new Promise<void>((resolve) => ends.push(resolve));
        hasFailed = true;
        return { tenantId, state: 'failed' };
      },
      mayContinue: () => !hasFailed,
    });
    for (let turns = 0; turns < 200; turns++) await turn();
    expect(started).toEqual(items.slice(0, most));
    for (const end of ends) end();
    expect(await running).toHaveLength(most);
    expect(started).toHaveLength(most);
  });

  it('starts nothing when it is aborted', async () => {
    expect((await observe({ concurrency: 8, signal: AbortSignal.abort() })).prepared).toEqual([]);
  });
});
