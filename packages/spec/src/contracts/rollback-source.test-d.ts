import { describe, expectTypeOf, it } from 'vitest';
import type { DiffOptions, PlanRollbackOptions, RollbackSource } from './rollback-source.js';

describe('DiffOptions', () => {
  it('is optional in every part', () => {
    expectTypeOf<Record<never, never>>().toExtend<DiffOptions>();
    expectTypeOf<DiffOptions['rollback']>().toEqualTypeOf<RollbackSource | undefined>();
  });
});

describe('RollbackSource', () => {
  it('names what was removed as null', () => {
    expectTypeOf<RollbackSource['objects'][string]>().toEqualTypeOf<string | null>();
    expectTypeOf<RollbackSource['fields'][string][string]>().toEqualTypeOf<string | null>();
  });
});

describe('PlanRollbackOptions', () => {
  it('defaults to the latest deployment', () => {
    expectTypeOf<PlanRollbackOptions['deploymentId']>().toEqualTypeOf<string | undefined>();
  });
});
