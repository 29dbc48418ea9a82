import type { IRuntimeEvents, RuntimeEvents } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type RuntimeEventName, RuntimeEventNameEnum } from '@objectstack/spec/system';

type Listener = (payload: never) => unknown;

function assertListener(event: unknown, listener: unknown): void {
  if (RuntimeEventNameEnum.safeParse(event).success && typeof listener === 'function') return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `There is no such event, or the listener is not a function. Events: ${RuntimeEventNameEnum.options.join(', ')}.`,
  });
}

/** Listeners of the events of one process. */
export class EventListeners implements IRuntimeEvents {
  readonly #byEvent = new Map<RuntimeEventName, Set<{ readonly call: Listener }>>();

  on<Name extends RuntimeEventName>(
    event: Name,
    listener: (payload: RuntimeEvents[Name]) => unknown,
  ): () => void {
    assertListener(event, listener);
    // An object of its own for each registration, so that one function can be registered twice.
    const entry = { call: listener };
    const entries = this.#byEvent.get(event) ?? new Set();
    this.#byEvent.set(event, entries.add(entry));
    return () => void entries.delete(entry);
  }

  /** Calls the listeners with a copy of the payload each. Their errors, synchronous or not, have no effect. */
  emit<Name extends RuntimeEventName>(event: Name, payload: RuntimeEvents[Name]): void {
    for (const { call } of [...(this.#byEvent.get(event) ?? [])])
      try {
        Promise.resolve(call({ ...payload } as never)).catch(() => undefined);
      } catch {}
  }
}
