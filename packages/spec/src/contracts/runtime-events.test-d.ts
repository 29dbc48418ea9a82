import { describe, expectTypeOf, it } from 'vitest';
import type { KeyRotation } from '../system/key-rotation.zod.js';
import type { DeploymentEvent, QuotaExceededEvent, TenantEvent } from '../system/runtime-event.zod.js';
import type { PartHealth } from '../system/runtime-health.zod.js';
import type { IRuntimeEvents, RuntimeEvents } from './runtime-events.js';

declare const events: IRuntimeEvents;

describe('IRuntimeEvents', () => {
  it('has the payload of each event by its name', () => {
    expectTypeOf<RuntimeEvents['tenant.activated']>().toEqualTypeOf<TenantEvent>();
    expectTypeOf<RuntimeEvents['deployment.ready']>().toEqualTypeOf<DeploymentEvent>();
    expectTypeOf<RuntimeEvents['quota.exceeded']>().toEqualTypeOf<QuotaExceededEvent>();
    expectTypeOf<RuntimeEvents['keys.rotated']>().toEqualTypeOf<KeyRotation>();
    expectTypeOf<RuntimeEvents['health.changed']>().toEqualTypeOf<PartHealth>();
  });

  it('types the payload of a listener by the name of the event', () => {
    expectTypeOf(events.on<'tenant.failed'>)
      .parameter(1)
      .parameter(0)
      .toEqualTypeOf<TenantEvent>();
    expectTypeOf(events.on).returns.toEqualTypeOf<() => void>();
  });
});
