const LONGEST_TURN_MS = 10;

/** When the work of this turn of the event loop began; null when none has been done yet. */
let turnBeganAt: number | null = null;

/** Calls back in the next turn of the event loop, after timers and sockets; where there is no setImmediate, after a timer. */
function inNextTurn(callback: () => void): void {
  if (typeof globalThis.setImmediate === 'function') globalThis.setImmediate(callback);
  else globalThis.setTimeout(callback, 0);
}

/**
 * Lets the event loop turn when work has held it up for a while. A row of awaited calls that work synchronously would
 * otherwise never let timers and sockets have their turn, nor free what it no longer needs.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (turnBeganAt === null) {
    turnBeganAt = performance.now();
    inNextTurn(() => {
      turnBeganAt = null;
    });
  } else if (performance.now() - turnBeganAt > LONGEST_TURN_MS) await new Promise<void>(inNextTurn);
}
