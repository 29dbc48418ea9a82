import { describe, expect, it } from 'vitest';
import { TENANT_REGION_LOCATIONS, TenantRegionSchema } from './tenant-region.zod.js';

describe('TenantRegionSchema', () => {
  it('has a distinct Turso location for each region', () => {
    expect(Object.keys(TENANT_REGION_LOCATIONS)).toEqual(TenantRegionSchema.options);
    expect(Object.values(TENANT_REGION_LOCATIONS)).toEqual([
      'aws-us-east-1',
      'aws-us-west-2',
      'aws-eu-west-1',
      'aws-ap-south-1',
      'aws-ap-northeast-1',
    ]);
  });
});
