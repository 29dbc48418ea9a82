import { setImmediate as nextTurn } from 'node:timers/promises';

const LONGEST_TURN_MS = 10;

/** When the work of this turn of the event loop began; null when none has been done yet. */
let turnBeganAt: number | null = null;

/**
 * Lets the event loop turn when the database has held it up for a while. The client works synchronously, so a row of
 * awaited calls would otherwise never let timers and sockets have their turn, nor free what it no longer needs.
 */
export async function breathe(): Promise<void> {
  if (turnBeganAt === null) {
    turnBeganAt = performance.now();
    setImmediate(() => {
      turnBeganAt = null;
    });
  } else if (performance.now() - turnBeganAt > LONGEST_TURN_MS) await nextTurn();
}
