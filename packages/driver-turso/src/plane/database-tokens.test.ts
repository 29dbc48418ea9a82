import type { ITursoPlatformService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseTokens } from './database-tokens.js';

/** A platform that counts the tokens of each database, and can fail. */
function platform() {
  const minted: string[] = [];
  const failures: Error[] = [];
  const createToken: ITursoPlatformService['createToken'] = async (name, scope, seconds) => {
    const failure = failures.shift();
    if (failure) throw failure;
    minted.push(`${name} ${scope} ${seconds}`);
    return { jwt: `${name}-${minted.length}` };
  };
  return { service: { createToken } as ITursoPlatformService, minted, failures };
}

describe('DatabaseTokens', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('mints one token for all concurrent callers, and one for each database', async () => {
    const { service, minted } = platform();
    const tokens = new DatabaseTokens(service, 100);
    const names = ['a', 'a', 'b', 'a'];
    const got = await Promise.all(names.map(async (name) => (await tokens.tokenOf(name)).token));
    expect(got).toEqual(['a-1', 'a-1', 'b-2', 'a-1']);
    expect(minted).toEqual(['a full-access 100', 'b full-access 100']);
  });

  it('replaces a token at 80 % of its lifetime', async () => {
    const tokens = new DatabaseTokens(platform().service, 100);
    expect(await tokens.tokenOf('a')).toMatchObject({ token: 'a-1', usableForMs: 80_000 });
    vi.advanceTimersByTime(79_000);
    expect(await tokens.tokenOf('a')).toEqual({ token: 'a-1', usableForMs: 1_000 });
    vi.advanceTimersByTime(1_000);
    expect(await tokens.tokenOf('a')).toMatchObject({ token: 'a-2' });
  });

  it('replaces a refused token once, whichever callers report it', async () => {
    const { service, minted } = platform();
    const tokens = new DatabaseTokens(service, 100);
    const { token } = await tokens.tokenOf('a');
    const renewed = await Promise.all([token, token, undefined].map((one) => tokens.tokenOf('a', one)));
    expect(new Set(renewed.slice(0, 2).map((one) => one.token))).toEqual(new Set(['a-2']));
    expect((await tokens.tokenOf('a', token)).token).toBe('a-2');
    expect(minted).toHaveLength(2);
  });

  it('asks again after a failure', async () => {
    const { service, failures } = platform();
    failures.push(new ObjectStackError({ code: 'platform_unavailable', message: 'Later.' }));
    const tokens = new DatabaseTokens(service, 100);
    await expect(tokens.tokenOf('a')).rejects.toMatchObject({ code: 'platform_unavailable' });
    expect((await tokens.tokenOf('a')).token).toBe('a-1');
  });

  it('holds a bounded number of tokens', async () => {
    const { service, minted } = platform();
    const tokens = new DatabaseTokens(service, 100);
    for (let index = 0; index <= 10_000; index++) await tokens.tokenOf(`d${index}`);
    await tokens.tokenOf('d1');
    expect(minted).toHaveLength(10_001);
    await tokens.tokenOf('d0');
    expect(minted).toHaveLength(10_002);
  });
});
