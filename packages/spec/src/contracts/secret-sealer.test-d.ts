import { describe, expectTypeOf, it } from 'vitest';
import type { SealedSecret } from '../shared/sealed-secret.zod.js';
import type { ISecretSealer, SecretPlace } from './secret-sealer.js';

declare const sealer: ISecretSealer;

describe('ISecretSealer', () => {
  it('opens what it sealed, for the same tenant and field', () => {
    expectTypeOf(sealer.seal).parameters.toEqualTypeOf<[string, SecretPlace]>();
    expectTypeOf(sealer.seal).returns.resolves.toEqualTypeOf<SealedSecret>();
    expectTypeOf(sealer.open).parameters.toEqualTypeOf<[SealedSecret, SecretPlace]>();
    expectTypeOf(sealer.open).returns.resolves.toBeString();
  });

  it('requires a tenant and a field', () => {
    expectTypeOf<{ tenantId: string }>().not.toExtend<SecretPlace>();
    expectTypeOf<{ field: string }>().not.toExtend<SecretPlace>();
  });
});
