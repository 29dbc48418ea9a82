import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OpenFileSlots } from './open-file-slots.js';

const soon = () => ({ timeoutMs: 20 });
const later = (signal?: AbortSignal) => ({ timeoutMs: 60_000, signal });
const NONE_IDLE = () => false;

describe('OpenFileSlots', () => {
  it('grants released slots to waiting callers in the order of their requests', async () => {
    const slots = new OpenFileSlots(1, NONE_IDLE);
    const order: number[] = [];
    const release = await slots.acquire(later());
    const waiting = [1, 2, 3].map(async (name) => {
      const releaseNext = await slots.acquire(later());
      order.push(name);
      releaseNext();
    });
    release();
    release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
  });

  it('closes an idle file instead of making the caller wait', async () => {
    const open: (() => void)[] = [];
    const slots = new OpenFileSlots(2, () => {
      const close = open.shift();
      close?.();
      return close !== undefined;
    });
    for (let index = 0; index < 5; index++) open.push(await slots.acquire(soon()));
    expect(open).toHaveLength(2);
  });

  it('grants no slot ahead of waiting callers, and serves them when a file becomes idle', async () => {
    let idle: (() => void) | undefined;
    const slots = new OpenFileSlots(1, () => {
      const close = idle;
      idle = undefined;
      close?.();
      return close !== undefined;
    });
    const release = await slots.acquire(later());
    const first = slots.acquire(later());
    idle = release;
    slots.offer();
    const releaseFirst = await first;
    const second = slots.acquire(soon());
    await expect(second).rejects.toMatchObject({ code: 'database_busy', retryable: true });
    releaseFirst();
    await slots.acquire(soon());
  });

  it('does not time out while other slots are granted', async () => {
    const slots = new OpenFileSlots(1, NONE_IDLE);
    let release = await slots.acquire(later());
    const ahead = Array.from({ length: 4 }, () => slots.acquire(later()));
    const last = slots.acquire({ timeoutMs: 200 });
    for (const next of ahead) {
      await delay(80);
      release();
      release = await next;
    }
    release();
    (await last)();
  });

  it('ends a wait at its deadline or when it is aborted, and keeps the order of the others', async () => {
    const slots = new OpenFileSlots(1, NONE_IDLE);
    const release = await slots.acquire(later());
    const controller = new AbortController();
    const aborted = slots.acquire(later(controller.signal));
    const overdue = slots.acquire(soon());
    const patient = slots.acquire(later());
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(overdue).rejects.toMatchObject({ code: 'database_busy', details: { openFileLimit: 1 } });
    release();
    (await patient)();
    await expect(slots.acquire(later(AbortSignal.abort()))).rejects.toMatchObject({ code: 'aborted' });
  });
});
