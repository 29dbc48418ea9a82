import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs work, and measures and prints the longest time for which it blocked the event loop. */
export async function longestGap<T>(
  what: string,
  work: () => Promise<T>,
): Promise<{ value: T; gapMs: number }> {
  let gapMs = 0;
  let isOver = false;
  const watching = (async () => {
    for (let last = performance.now(); !isOver; ) {
      await nextTurn();
      const now = performance.now();
      gapMs = Math.max(gapMs, now - last);
      last = now;
    }
  })();
  await nextTurn();
  try {
    const value = await work();
    await nextTurn();
    return { value, gapMs };
  } finally {
    isOver = true;
    await watching;
    console.info(`${what}: the event loop stood still for at most ${Math.round(gapMs)} ms`);
  }
}
