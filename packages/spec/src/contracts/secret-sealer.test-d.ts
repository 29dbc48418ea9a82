import { describe, expectTypeOf, it } from 'vitest';
import type { SealedSecret } from '../shared/sealed-secret.zod.js';
import type { ISecretSealer, SecretPlace } from './secret-sealer.js';

declare const sealer: ISecretSealer;

describe('ISecretSealer', () => {
  it('opens what it seals, for the same place', () => {
    expectTypeOf(sealer.seal).parameters.toEqualTypeOf<[string, SecretPlace]>();
    expectTypeOf(sealer.seal).returns.resolves.toEqualTypeOf<SealedSecret>();
    expectTypeOf(sealer.open).parameters.toEqualTypeOf<[SealedSecret, SecretPlace]>();
    expectTypeOf(sealer.open).returns.resolves.toBeString();
  });

  it('needs to know the tenant and the field', () => {
    expectTypeOf<{ tenantId: string }>().not.toExtend<SecretPlace>();
    expectTypeOf<{ field: string }>().not.toExtend<SecretPlace>();
  });
});
