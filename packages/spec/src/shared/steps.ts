import { throwIfAborted } from './throw-if-aborted.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';

/** Work in steps, each of a few milliseconds at most: it pauses between them, and returns its result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps at once. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Same, while the event loop turns between the steps. Rejects with `aborted` when the caller gives up before the end. */
export async function runStepsInTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await yieldToEventLoop();
    throwIfAborted(signal);
  }
}
