import type { KeyRotation } from '../system/key-rotation.zod.js';
import type {
  DeploymentEvent,
  QuotaExceededEvent,
  RuntimeEventName,
  TenantEvent,
} from '../system/runtime-event.zod.js';
import type { PartHealth } from '../system/runtime-health.zod.js';

/** Payload of each event by its name. */
export type RuntimeEvents = {
  [Name in RuntimeEventName]: Name extends `tenant.${string}`
    ? TenantEvent
    : Name extends `deployment.${string}`
      ? DeploymentEvent
      : Name extends 'quota.exceeded'
        ? QuotaExceededEvent
        : Name extends 'keys.rotated'
          ? KeyRotation
          : PartHealth;
};

/**
 * Events about the changes that this process makes. Changes by another process have their events in that process; the
 * audit log contains the changes of all processes. Payloads contain no secret, no record value and no personal data of
 * a tenant.
 */
export interface IRuntimeEvents {
  /**
   * Calls the listener after each such change was committed, in the order of the changes. Nothing waits for the
   * listener, and an error of the listener, synchronous or not, has no effect on the change or on other listeners. If
   * the process terminates immediately after the change, the event is lost. Returns a function that removes the
   * listener. Throws `invalid_request` for an unknown name.
   */
  on<Name extends RuntimeEventName>(
    event: Name,
    listener: (payload: RuntimeEvents[Name]) => unknown,
  ): () => void;
}
