import { describe, expectTypeOf, it } from 'vitest';
import type { CallOptions } from './call-options.js';

describe('CallOptions', () => {
  it('accepts an empty object', () => {
    expectTypeOf<Record<never, never>>().toExtend<CallOptions>();
    expectTypeOf<CallOptions>().toEqualTypeOf<{ requestId?: string; actor?: string; signal?: AbortSignal }>();
  });
});
