import type { RuntimeEventName } from '../system/runtime-event.zod.js';

/** Call of a service or of a part of a runtime, without its arguments. */
export interface ObservedCall {
  /** Name of the service or part, for example `provisioning` or `registry`. */
  readonly part: string;
  /** Name of the method that is called. */
  readonly method: string;
  /** Unique identifier of the tenant that the call is about. Absent if the call is not about one tenant. */
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
