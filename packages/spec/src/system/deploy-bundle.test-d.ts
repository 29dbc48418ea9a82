import { describe, expectTypeOf, it } from 'vitest';
import type { DeployBundle, DeployBundleInput } from './deploy-bundle.zod.js';

describe('DeployBundle', () => {
  it('has every collection, and its input none that is required', () => {
    expectTypeOf<DeployBundle>().toExtend<DeployBundleInput>();
    expectTypeOf<DeployBundleInput>().not.toExtend<DeployBundle>();
    expectTypeOf<{ manifest: { version: string } }>().toExtend<DeployBundleInput>();
    expectTypeOf<DeployBundle['protocolVersion']>().toEqualTypeOf<string>();
    expectTypeOf<DeployBundleInput['protocolVersion']>().toEqualTypeOf<string | undefined>();
  });

  it('fills in the defaults of a seed set', () => {
    expectTypeOf<DeployBundle['seedData'][number]['externalId']>().toEqualTypeOf<string | string[]>();
    expectTypeOf<undefined>().toExtend<NonNullable<DeployBundleInput['seedData']>[number]['externalId']>();
  });
});
