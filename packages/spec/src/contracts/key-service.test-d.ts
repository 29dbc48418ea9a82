import { describe, expectTypeOf, it } from 'vitest';
import type { KeyRotation } from '../system/key-rotation.zod.js';
import type { IKeyService } from './key-service.js';

declare const keys: IKeyService;

describe('IKeyService', () => {
  it('returns how many secrets still need an earlier key', () => {
    expectTypeOf(keys.rotate).toBeCallableWith();
    expectTypeOf(keys.rotate).returns.resolves.toEqualTypeOf<KeyRotation>();
  });
});
