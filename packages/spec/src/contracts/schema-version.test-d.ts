import { describe, expectTypeOf, it } from 'vitest';
import type { ObjectDefinition } from '../data/object.zod.js';
import type { ISchemaDiffService } from './schema-diff-service.js';
import type { LintOptions, SchemaVersion } from './schema-version.js';

describe('SchemaVersion', () => {
  it('needs objects only', () => {
    expectTypeOf<{ objects: ObjectDefinition[] }>().toExtend<SchemaVersion>();
    expectTypeOf<Record<never, never>>().not.toExtend<SchemaVersion>();
  });

  it('is what lint compares, with an owner', () => {
    expectTypeOf<Parameters<ISchemaDiffService['lint']>>().toEqualTypeOf<
      [before: SchemaVersion, after: SchemaVersion, options?: LintOptions]
    >();
    expectTypeOf<LintOptions>().toEqualTypeOf<{ owner?: string }>();
  });
});
