import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { TokenSource } from './token-source.js';

/** Returns `t1`, `t2`, …, and throws at the given calls. */
function counting(throwsAt: number[] = []) {
  const reasons: string[] = [];
  const source = new TokenSource(({ reason }) => {
    reasons.push(reason);
    if (throwsAt.includes(reasons.length)) throw new Error('CANARY');
    return `t${reasons.length}`;
  });
  return { source, reasons };
}

describe('TokenSource', () => {
  it('requests one new token for all callers whose token was rejected, including late ones', async () => {
    const { source, reasons } = counting();
    expect(await source.current()).toBe('t1');
    expect(await Promise.all([source.renew('t1'), source.renew('t1')])).toEqual([true, true]);
    expect(await source.renew('t1')).toBe(true);
    expect(await source.current()).toBe('t2');
    expect(await source.renew('t2')).toBe(true);
    expect(await source.current()).toBe('t3');
    expect(reasons).toEqual(['initial', 'refused', 'refused']);
  });

  it.each([1, 2])('requests the token again after call %i failed', async (time) => {
    const { source } = counting([time]);
    const unauthorized = { code: 'unauthorized' };
    if (time === 1) await expect(source.current()).rejects.toMatchObject(unauthorized);
    else {
      expect(await source.current()).toBe('t1');
      await expect(source.renew('t1')).rejects.toMatchObject(unauthorized);
    }
    expect(await source.current()).toBe(`t${time + 1}`);
  });

  it('requests another token once the time of the last one has passed', async () => {
    const reasons: string[] = [];
    const source = new TokenSource(({ reason }) => {
      reasons.push(reason);
      return { token: `t${reasons.length}`, usableForMs: reasons.length === 1 ? 50 : 60_000 };
    });
    expect([await source.current(), await source.current()]).toEqual(['t1', 't1']);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await Promise.all([source.current(), source.current()])).toEqual(['t2', 't2']);
    expect(reasons).toEqual(['initial', 'expiring']);
  });

  it('passes on a typed error, whose code tells what to do', async () => {
    const source = new TokenSource(() => {
      throw new ObjectStackError({ code: 'platform_unavailable', message: 'Later.' });
    });
    await expect(source.current()).rejects.toMatchObject({ code: 'platform_unavailable' });
  });

  it('cannot renew a fixed token', async () => {
    const source = new TokenSource('fixed');
    expect([await source.renew('fixed'), await source.current()]).toEqual([false, 'fixed']);
    expect(await new TokenSource(undefined).current()).toBeUndefined();
  });
});
