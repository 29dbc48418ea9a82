import * as z from 'zod';

export const TenantRegionSchema = z
  .enum(['us-east', 'us-west', 'eu-west', 'ap-south', 'ap-northeast'])
  .describe(
    "Geographic region of the tenant's database: the eastern or western United States, western Europe, or southern or northeastern Asia.",
  );
export type TenantRegion = z.infer<typeof TenantRegionSchema>;

/** Turso location of each region. */
export const TENANT_REGION_LOCATIONS = {
  'us-east': 'aws-us-east-1',
  'us-west': 'aws-us-west-2',
  'eu-west': 'aws-eu-west-1',
  'ap-south': 'aws-ap-south-1',
  'ap-northeast': 'aws-ap-northeast-1',
} as const satisfies Record<TenantRegion, string>;
