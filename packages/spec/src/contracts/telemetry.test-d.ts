import { describe, expectTypeOf, it } from 'vitest';
import type { ITelemetry, ObservedCall } from './telemetry.js';

declare const telemetry: ITelemetry;

describe('ITelemetry', () => {
  it('returns what the observed call returns', () => {
    const call: ObservedCall = { part: 'registry', method: 'getTenant' };
    expectTypeOf(telemetry.observe(call, async () => 7)).resolves.toBeNumber();
  });

  it('does not receive arguments', () => {
    expectTypeOf<keyof ObservedCall>().toEqualTypeOf<'part' | 'method' | 'tenantId'>();
  });
});
