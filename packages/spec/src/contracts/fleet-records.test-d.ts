import { describe, expectTypeOf, it } from 'vitest';
import type { RolloutRecord, RolloutTenantChange } from './fleet-records.js';

describe('RolloutTenantChange', () => {
  it('cannot move a tenant to another wave', () => {
    expectTypeOf<RolloutTenantChange>().not.toHaveProperty('wave');
  });
});

describe('RolloutRecord', () => {
  it('has no progress, which is counted when it is read', () => {
    expectTypeOf<RolloutRecord>().not.toHaveProperty('progress');
  });
});
