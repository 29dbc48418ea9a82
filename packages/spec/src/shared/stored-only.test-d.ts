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

  it('accepts values of types without index signatures, and of unknown types', () => {
    interface Foreign {
      size: number;
    }
    expectTypeOf<Foreign>().toExtend<Kept>();
    expectTypeOf<readonly Foreign[]>().toExtend<Kept>();
    expectTypeOf<{ deep: { value: unknown }[] }>().toExtend<Kept>();
  });

  it('has the keys and values of the known shape only, at every depth', () => {
    const Nested = z.looseObject({
      kept: storedOnly(z.array(z.looseObject({ mode: storedOnly(z.enum(['a', 'b'])) })).optional()),
    });
    type List = Extract<z.infer<typeof Nested>['kept'], readonly unknown[]>;
    type Mode = Exclude<List[number]['mode'], undefined>;
    expectTypeOf<Extract<Mode, 'a' | 'b'>>().toEqualTypeOf<'a' | 'b'>();
    expectTypeOf<'c'>().toExtend<Mode>();
  });

  it('keeps the known values apart from other texts, so that an editor offers them', () => {
    expectTypeOf<Extract<Kept, 'a' | 'b'>>().toEqualTypeOf<'a' | 'b'>();
  });
});
