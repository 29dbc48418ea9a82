import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { ChannelNameSchema, ChecksumSchema } from '../../shared/names.zod.js';
import { NextCursorSchema, PageRequestSchema } from '../../shared/page.zod.js';
import { FleetSelectionSchema } from './fleet-selection.zod.js';
import { ReleaseNameSchema } from './release.zod.js';
import { RolloutTenantStateEnum } from './rollout-tenant.zod.js';

const NonEmpty = z.string().min(1);

export const TenantReleaseSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    channel: ChannelNameSchema.describe('Name of the release channel to which the tenant belongs.'),
    desired: ReleaseNameSchema.nullable().describe(
      'Name of the release that the tenant should run; null if no rollout and no channel has set one.',
    ),
    running: ReleaseNameSchema.nullable().describe(
      'Name of the release that the tenant runs; null if it runs no bundle or one that is not a release.',
    ),
    runningChecksum: ChecksumSchema.nullable().describe(
      'Checksum of the bundle that the tenant runs, according to the deployments in the registry; null if nothing is deployed.',
    ),
    rollout: z
      .object({
        id: NonEmpty.describe('Identifier of the rollout.'),
        state: RolloutTenantStateEnum,
        errorCode: ErrorCodeEnum.optional().describe(
          'Error code of the latest attempt to deploy the release. Absent if that attempt did not fail.',
        ),
      })
      .nullable()
      .describe(
        'Latest started rollout of a bundle that includes the tenant, and the state of the tenant in it, which explains why the tenant does not run the desired release yet. Null if there is none.',
      ),
  })
  .describe('Release that a tenant runs, the one that it should run, and why they differ.');
export type TenantRelease = z.infer<typeof TenantReleaseSchema>;

export const TenantReleaseListRequestSchema = z
  .strictObject({
    selection: FleetSelectionSchema.optional().describe(
      'Selection of the listed tenants. Defaults to all active and suspended tenants.',
    ),
    isBehind: z
      .boolean()
      .optional()
      .describe(
        'If `true`, only tenants that do not run the release that they should run; if `false`, only tenants that run it. Defaults to all tenants.',
      ),
    page: PageRequestSchema.optional().describe('Page to return. Defaults to the first page.'),
  })
  .describe('Request to list the releases of tenants.');
export type TenantReleaseListRequest = z.infer<typeof TenantReleaseListRequestSchema>;
export type TenantReleaseListRequestInput = z.input<typeof TenantReleaseListRequestSchema>;

export const TenantReleasePageSchema = z
  .object({
    items: z.array(TenantReleaseSchema).describe('List of tenants, sorted by id.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of the releases of tenants.');
export type TenantReleasePage = z.infer<typeof TenantReleasePageSchema>;
