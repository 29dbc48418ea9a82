import { describe, expectTypeOf, it } from 'vitest';
import type { IFleetStore } from './fleet-store.js';
import type { ITenantRegistry } from './tenant-registry.js';

describe('IFleetStore', () => {
  it('is part of the registry', () => {
    expectTypeOf<ITenantRegistry>().toExtend<IFleetStore>();
  });
});
