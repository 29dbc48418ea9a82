import type { RuntimeEventName } from '../system/runtime-event.zod.js';

/** Call to a service or to a part of the runtime, without its arguments. */
export interface ObservedCall {
  /** Name of the service or of the part of the runtime, for example `provisioning` or `registry`. */
  readonly part: string;
  /** Name of the method that is called. */
  readonly method: string;
  /** Unique identifier of the tenant to which the call applies. Absent if the call does not apply to a single tenant. */
  readonly tenantId?: string | undefined;
}

/** Destination of traces and metrics. Never receives a secret or a record value. */
export interface ITelemetry {
  /**
   * Runs the call in a span and measures it. Calls the work exactly once, and returns its result or rejects with its
   * error unchanged.
   */
  observe<T>(call: ObservedCall, work: () => Promise<T>): Promise<T>;
  /** Counts an event. */
  count(event: RuntimeEventName): void;
}
