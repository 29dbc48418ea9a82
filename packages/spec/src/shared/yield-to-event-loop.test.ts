import { afterEach, describe, expect, it, vi } from 'vitest';
import { yieldToEventLoop } from './yield-to-event-loop.js';

const MOST_CALLS = 1_000_000;

/** Works without a pause, except for breathing, until a timer has had its turn. */
async function workUntilTimer(): Promise<boolean> {
  let isTime = false;
  setTimeout(() => {
    isTime = true;
  }, 1);
  for (let calls = 0; !isTime && calls < MOST_CALLS; calls++) await yieldToEventLoop();
  return isTime;
}

describe('yieldToEventLoop', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('lets timers have their turn in an endless row of calls', async () => {
    expect(await workUntilTimer()).toBe(true);
  });

  it('does the same where there is no setImmediate, as in a browser', async () => {
    vi.stubGlobal('setImmediate', undefined);
    expect(await workUntilTimer()).toBe(true);
  });
});
