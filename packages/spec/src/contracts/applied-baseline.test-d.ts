import { describe, expectTypeOf, it } from 'vitest';
import type { Baseline } from '../system/baseline.zod.js';
import type { AppliedBaseline, ApplyBaselineOptions, PlanBaselineOptions } from './applied-baseline.js';

describe('AppliedBaseline', () => {
  it('is the planned baseline with its outcome', () => {
    expectTypeOf<AppliedBaseline>().toExtend<Baseline>();
    expectTypeOf<AppliedBaseline['outcome']>().toEqualTypeOf<'applied' | 'already_applied' | 'refused'>();
    expectTypeOf<AppliedBaseline['deploymentId']>().toEqualTypeOf<string | null>();
  });
});

describe('ApplyBaselineOptions', () => {
  it('requires the bundle that describes the database', () => {
    expectTypeOf<ApplyBaselineOptions>().toExtend<PlanBaselineOptions>();
    expectTypeOf<{ deploymentId: string }>().not.toExtend<ApplyBaselineOptions>();
  });
});
