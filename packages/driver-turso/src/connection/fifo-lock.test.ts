import { describe, expect, it } from 'vitest';
import { FifoLock } from './fifo-lock.js';

describe('FifoLock', () => {
  it('grants the lock to one holder at a time, in order', async () => {
    const lock = new FifoLock();
    const order: string[] = [];
    const work = (name: string) =>
      lock.run(async () => {
        order.push(`${name} in`);
        await Promise.resolve();
        order.push(`${name} out`);
      });
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('is not granted to an aborted caller', async () => {
    const lock = new FifoLock();
    const first = await lock.acquire();
    await expect(lock.acquire({ aborted: false } as AbortSignal)).rejects.toThrow(TypeError);
    first();
    await expect(lock.run(async () => 'in')).resolves.toBe('in');
    expect(lock.busy).toBe(false);
  });

  it('is released after work that fails', async () => {
    const lock = new FifoLock();
    const failed = lock.run(() => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await lock.run(async () => 'yes')).toBe('yes');
    expect(lock.busy).toBe(false);
  });

  it('is released once if release is called repeatedly', async () => {
    const lock = new FifoLock();
    const release = await lock.acquire();
    const second = lock.acquire();
    release();
    release();
    const releaseSecond = await second;
    expect(lock.busy).toBe(true);
    releaseSecond();
    expect(lock.busy).toBe(false);
  });
});
