import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { TENANT_REGION_LOCATIONS, type TenantRegion, TenantRegionSchema } from '@objectstack/spec/shared';

/** Region in which a platform reports a database, by its name or its location; undefined if it is none of the protocol. */
export function regionOf({
  primaryLocation,
}: Pick<TursoDatabaseInfo, 'primaryLocation'>): TenantRegion | undefined {
  return TenantRegionSchema.options.find(
    (region) => region === primaryLocation || TENANT_REGION_LOCATIONS[region] === primaryLocation,
  );
}
