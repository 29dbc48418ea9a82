import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { Period } from '../shared/clock.js';
import { type Known, LoadCache } from './load-cache.js';

const TTL_MS = 60_000;

/** A cache whose loads end when the test lets them, and the values that it discarded. */
function openCache(size = 10, overtaken: 'repeat' | 'return' = 'repeat', idleMs?: number) {
  const clock = new ManualClock();
  const discarded: [string, string | undefined][] = [];
  const cache = new LoadCache<string>({
    size,
    overtaken,
    ...(idleMs !== undefined && { idle: () => new Period(clock, idleMs) }),
    discard: (value, next) => discarded.push([value, next]),
  });
  const loads: { known: Known<string> | undefined; end: (value: string) => void; fail: () => void }[] = [];
  const load = (known: Known<string> | undefined) => {
    const { promise, resolve } = withResolvers<string | Error>();
    loads.push({ known, end: resolve, fail: () => resolve(new Error('Failed.')) });
    return promise.then((value) => {
      if (value instanceof Error) throw value;
      return { value, validity: new Period(clock, TTL_MS) };
    });
  };
  const get = (key: string) => cache.get(key, load);
  const put = async (key: string, value: string) => {
    const got = get(key);
    loads.at(-1)?.end(value);
    return got;
  };
  return { cache, clock, loads, discarded, get, put };
}

describe('LoadCache', () => {
  it('loads once for concurrent callers and until the value expires', async () => {
    const { clock, loads, get, put, cache } = openCache();
    const waiting = [get('a'), get('a'), put('a', 'one')];
    expect(await Promise.all(waiting)).toEqual(['one', 'one', 'one']);
    expect(await get('a')).toBe('one');
    expect(loads).toHaveLength(1);
    clock.advance(TTL_MS);
    expect(cache.fresh('a')).toBeUndefined();
    expect(await put('a', 'two')).toBe('two');
    expect(loads[1]?.known).toEqual({ value: 'one', isInvalidated: false });
  });

  it('does not return or keep what was loaded before an invalidation', async () => {
    const { cache, loads, discarded, get } = openCache();
    const waiting = get('a');
    cache.invalidate('a');
    const later = get('a');
    loads[0]?.end('outdated');
    loads[1]?.end('current');
    expect(await Promise.all([waiting, later])).toEqual(['current', 'current']);
    expect(cache.fresh('a')).toBe('current');
    expect(discarded.map(([value]) => value)).toEqual(['outdated']);
  });

  it('returns what was loaded before an invalidation if it is set to, without keeping it', async () => {
    const { cache, loads, get } = openCache(10, 'return');
    const waiting = get('a');
    cache.clear();
    loads[0]?.end('one');
    expect(await waiting).toBe('one');
    expect(cache.fresh('a')).toBeUndefined();
    const later = get('a');
    loads[1]?.end('two');
    expect(await later).toBe('two');
  });

  it('offers the invalidated value to the next load, and keeps an expired one until then', async () => {
    const { cache, clock, loads, put } = openCache();
    await put('a', 'one');
    clock.advance(TTL_MS);
    expect([cache.kept('a'), cache.fresh('a')]).toEqual(['one', undefined]);
    cache.invalidate('a');
    expect([cache.kept('a'), cache.fresh('a')]).toEqual([undefined, undefined]);
    await put('a', 'one');
    expect(loads[1]?.known).toEqual({ value: 'one', isInvalidated: true });
    expect([cache.kept('a'), cache.kept('b')]).toEqual(['one', undefined]);
  });

  it('keeps no failure, and discards the value whose load failed', async () => {
    const { clock, loads, discarded, get, put } = openCache();
    await put('a', 'one');
    clock.advance(TTL_MS);
    const failing = [get('a'), get('a')];
    loads.at(-1)?.fail();
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(discarded).toEqual([['one', undefined]]);
    expect(await put('a', 'two')).toBe('two');
    expect(loads).toHaveLength(3);
  });

  it('repeats an overtaken load that failed only for later callers', async () => {
    const { cache, loads, get } = openCache();
    const failing = get('a');
    cache.invalidate('a');
    const later = get('a');
    loads[0]?.fail();
    await expect(failing).rejects.toThrow('Failed.');
    loads[1]?.end('one');
    expect(await later).toBe('one');
  });

  it('evicts the least recently loaded value, but none that is being loaded again', async () => {
    const { cache, clock, loads, discarded, get, put } = openCache(2);
    await put('a', 'one');
    await put('b', 'two');
    clock.advance(TTL_MS);
    const reloading = get('a');
    await put('c', 'three');
    expect(discarded).toEqual([['two', undefined]]);
    loads[2]?.end('one');
    await reloading;
    expect(['a', 'b', 'c'].map((key) => cache.fresh(key))).toEqual(['one', undefined, 'three']);
  });

  it('evicts the values that were not loaded for the idle time when another one is loaded', async () => {
    const { clock, discarded, put } = openCache(10, 'repeat', 3 * TTL_MS);
    await put('a', 'one');
    await put('b', 'two');
    clock.advance(2 * TTL_MS);
    await put('a', 'three');
    clock.advance(TTL_MS);
    expect(discarded).toEqual([['one', 'three']]);
    await put('c', 'four');
    expect(discarded.slice(1)).toEqual([['two', undefined]]);
  });

  it('discards everything when it is cleared, also what is being loaded', async () => {
    const { cache, loads, discarded, get, put } = openCache();
    await put('a', 'one');
    const waiting = get('b');
    cache.clear();
    expect(discarded).toEqual([['one', undefined]]);
    loads[1]?.end('outdated');
    await Promise.resolve();
    const again = get('b');
    loads[2]?.end('two');
    expect(await Promise.all([waiting, again])).toEqual(['two', 'two']);
    expect(cache.fresh('b')).toBe('two');
  });
});
