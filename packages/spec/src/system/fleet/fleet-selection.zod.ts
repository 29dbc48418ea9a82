import * as z from 'zod';
import { ChannelNameSchema } from '../../shared/names.zod.js';
import { TenantRegionSchema } from '../../shared/tenant-region.zod.js';
import { TenantPlanSchema } from '../provisioning.zod.js';

const NonEmpty = z.string().min(1);

export const FleetSelectionSchema = z
  .strictObject({
    tenantIds: z
      .array(NonEmpty)
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        'List of the unique identifiers of the tenants to select from. Defaults to all tenants. The other properties restrict the selection further.',
      ),
    organizationId: NonEmpty.optional().describe(
      'Unique identifier of the organization that owns the tenants. Defaults to every organization.',
    ),
    channel: ChannelNameSchema.optional().describe(
      'Name of the release channel to which the tenants belong. Defaults to every channel.',
    ),
    plan: TenantPlanSchema.optional().describe(
      'Subscription plan that the tenants have. Defaults to every plan.',
    ),
    region: TenantRegionSchema.optional().describe(
      "Region of the tenants' databases. Defaults to every region.",
    ),
  })
  .describe(
    'Selection of tenants that have all of the given properties. Without properties, every active and suspended tenant.',
  );
export type FleetSelection = z.infer<typeof FleetSelectionSchema>;
