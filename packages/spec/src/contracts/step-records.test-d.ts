import { describe, expectTypeOf, it } from 'vitest';
import type { EndedStep, LeaseRequest, StepChange, StepEnd } from './step-records.js';

describe('StepChange', () => {
  it('starts a step, or ends it with a result', () => {
    expectTypeOf<StepChange['status']>().toEqualTypeOf<'running' | 'completed' | 'failed'>();
    expectTypeOf<EndedStep['outcome']>().toEqualTypeOf<StepEnd>();
    expectTypeOf<StepEnd['status']>().toEqualTypeOf<'completed' | 'failed'>();
  });
});

describe('LeaseRequest', () => {
  it('has a start and an end, and may start a step', () => {
    expectTypeOf<{ now: string; until: string }>().toExtend<LeaseRequest>();
    expectTypeOf<{ now: string }>().not.toExtend<LeaseRequest>();
  });
});
