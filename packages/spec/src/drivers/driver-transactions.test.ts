import { describe, expect, it, vi } from 'vitest';
import { AsyncLock } from './async-lock.js';
import { DriverTransactions } from './driver-transactions.js';

const rejected = (code: string) => expect.objectContaining({ code });

function opened(timeoutMs?: number) {
  const ended: string[] = [];
  const onEnd = (state: string, { isCommitted }: { isCommitted: boolean }) =>
    void ended.push(`${state} ${isCommitted ? 'committed' : 'rolled back'}`);
  return { ended, transactions: new DriverTransactions<string>({ timeoutMs, onEnd }) };
}

describe('DriverTransactions', () => {
  it('rejects calls of the outer transaction while a nested one is open', async () => {
    const { ended, transactions } = opened();
    const outer = transactions.begin('outer');
    const inner = transactions.begin('inner', outer);
    await expect(transactions.run(outer, () => 1)).rejects.toThrow(rejected('invalid_transaction'));
    expect(() => transactions.commit(outer)).toThrow(rejected('invalid_transaction'));
    expect(await transactions.run(inner, (state) => state)).toBe('inner');
    transactions.commit(inner);
    expect(await transactions.run(outer, (state) => state)).toBe('outer');
    transactions.commit(outer);
    await expect(transactions.run(outer, () => 1)).rejects.toThrow(rejected('invalid_transaction'));
    expect(ended).toEqual(['inner committed', 'outer committed']);
  });

  it('rolls back what is nested with the outer transaction, and nothing twice', () => {
    const { ended, transactions } = opened();
    const outer = transactions.begin('outer');
    const inner = transactions.begin('inner', outer);
    transactions.rollback(outer);
    transactions.rollback(inner);
    transactions.begin('other');
    transactions.rollbackAll();
    expect(ended).toEqual(['outer rolled back', 'other rolled back']);
  });

  it('rolls back an idle transaction, but none in which a call is running', async () => {
    vi.useFakeTimers();
    try {
      const { ended, transactions } = opened(100);
      const transaction = transactions.begin('state');
      const call = transactions.run(transaction, () => new Promise((resolve) => setTimeout(resolve, 500)));
      await vi.advanceTimersByTimeAsync(550);
      await call;
      expect(ended).toEqual([]);
      await vi.advanceTimersByTimeAsync(100);
      expect(ended).toEqual(['state rolled back']);
      expect(() => transactions.commit(transaction)).toThrow(rejected('transaction_expired'));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('AsyncLock', () => {
  it('has one holder at a time, in order, without those that gave up', async () => {
    const lock = new AsyncLock();
    const release = await lock.acquire();
    const abort = new AbortController();
    const order: number[] = [];
    const first = lock.run(undefined, () => order.push(1));
    const given = lock.run(abort.signal, () => order.push(2));
    const last = lock.run(undefined, () => order.push(3));
    abort.abort();
    await expect(given).rejects.toThrow(rejected('aborted'));
    release();
    release();
    await Promise.all([first, last]);
    expect(order).toEqual([1, 3]);
    await expect(lock.acquire(abort.signal)).rejects.toThrow(rejected('aborted'));
  });
});
