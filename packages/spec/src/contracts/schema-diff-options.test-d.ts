import { describe, expectTypeOf, it } from 'vitest';
import type { CallOptions } from './call-options.js';
import type { AbortOptions } from './driver-call.js';
import type { DiffOptions } from './rollback-source.js';
import type {
  ApplyMigrationsOptions,
  GenerateMigrationsOptions,
  PlanMigrationsOptions,
} from './schema-diff-options.js';

describe('PlanMigrationsOptions', () => {
  it('contains the options of the two calls that it replaces, and a signal', () => {
    expectTypeOf<PlanMigrationsOptions>().toExtend<DiffOptions & GenerateMigrationsOptions & AbortOptions>();
  });
});

describe('ApplyMigrationsOptions', () => {
  it('requires nothing, and tells an unknown latest deployment from none', () => {
    expectTypeOf<object>().toExtend<Partial<ApplyMigrationsOptions>>();
    expectTypeOf<ApplyMigrationsOptions>().toExtend<CallOptions>();
    expectTypeOf<ApplyMigrationsOptions['baseDeploymentId']>().toEqualTypeOf<string | null | undefined>();
  });
});
