import { setImmediate as nextTurn } from 'node:timers/promises';

const US_PER_MS = 1_000;

/** CPU time of the process in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / US_PER_MS;
}

/**
 * Runs work, and measures and prints the longest time for which the event loop did not turn meanwhile. `gapMs` does not
 * include time in which the process did not run, because other processes used the CPU or a disk was slow: tests assert it.
 */
export async function longestGap<T>(
  what: string,
  work: () => Promise<T>,
): Promise<{ value: T; gapMs: number }> {
  let elapsedMs = 0;
  let gapMs = 0;
  let isOver = false;
  const watching = (async () => {
    let lastCpu = cpuMs();
    for (let last = performance.now(); !isOver; ) {
      await nextTurn();
      const now = performance.now();
      const cpu = cpuMs();
      elapsedMs = Math.max(elapsedMs, now - last);
      gapMs = Math.max(gapMs, Math.min(now - last, cpu - lastCpu));
      last = now;
      lastCpu = cpu;
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
    console.info(
      `${what}: the event loop stood still for at most ${Math.round(elapsedMs)} ms, ${Math.round(gapMs)} ms of them CPU time`,
    );
  }
}
