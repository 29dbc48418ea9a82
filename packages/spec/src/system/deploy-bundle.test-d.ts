import { describe, expectTypeOf, it } from 'vitest';
import type { DeployBundle, DeployBundleInput } from './deploy-bundle.zod.js';

describe('DeployBundle', () => {
  it('has every collection, and requires none in its input', () => {
    expectTypeOf<DeployBundle>().toExtend<DeployBundleInput>();
    expectTypeOf<DeployBundleInput>().not.toExtend<DeployBundle>();
    expectTypeOf<{ manifest: { version: string } }>().toExtend<DeployBundleInput>();
    expectTypeOf<DeployBundle['protocolVersion']>().toEqualTypeOf<string>();
    expectTypeOf<DeployBundleInput['protocolVersion']>().toEqualTypeOf<string | undefined>();
  });

  it('applies the defaults of a seed dataset', () => {
    expectTypeOf<DeployBundle['seedData'][number]['externalId']>().toEqualTypeOf<string | string[]>();
    expectTypeOf<undefined>().toExtend<NonNullable<DeployBundleInput['seedData']>[number]['externalId']>();
  });
});
