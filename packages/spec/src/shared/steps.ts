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

/** Time between two calls of {@link yieldToEventLoop}, which take longer than most steps. */
const YIELDS_AFTER_MS = 1;

/** Same, while the event loop turns between the steps. Rejects with `aborted` when the caller gives up before the end. */
export async function runStepsInTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let yieldsAt = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() >= yieldsAt) {
      await yieldToEventLoop();
      yieldsAt = performance.now() + YIELDS_AFTER_MS;
    }
    throwIfAborted(signal);
  }
}
