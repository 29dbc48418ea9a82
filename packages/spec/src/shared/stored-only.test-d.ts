import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { storedOnly } from './stored-only.js';

const Holder = z.looseObject({ kept: storedOnly(z.enum(['a', 'b'])) });
type Kept = Exclude<z.infer<typeof Holder>['kept'], undefined>;

describe('storedOnly', () => {
  it('has the known values and accepts others', () => {
    expectTypeOf<'a'>().toExtend<Kept>();
    expectTypeOf<'c'>().toExtend<Kept>();
    expectTypeOf<{ c: [1] }>().toExtend<Kept>();
    expectTypeOf<null>().toExtend<Kept>();
  });

  it('keeps the known values apart from other texts, so that an editor offers them', () => {
    expectTypeOf<Extract<Kept, 'a' | 'b'>>().toEqualTypeOf<'a' | 'b'>();
  });
});
