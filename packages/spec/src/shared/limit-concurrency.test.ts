import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { limitConcurrency } from './limit-concurrency.js';

describe('limitConcurrency', () => {
  it('runs no more tasks at once than permitted, in order, even after a task has failed', async () => {
    const run = limitConcurrency(2);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const works = Array.from({ length: 7 }, (_, index) =>
      run(async () => {
        begun.push(index);
        most = Math.max(most, ++running);
        await delay(1);
        running--;
        if (index === 1) throw new Error('Failed.');
        return index;
      }).catch(() => 'failed'),
    );
    expect(await Promise.all(works)).toEqual([0, 'failed', 2, 3, 4, 5, 6]);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
  });
});
