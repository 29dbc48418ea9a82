import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { ReleaseNameSchema } from './release.zod.js';

const Count = z.int().min(0);

export const FleetReleaseCountSchema = z
  .object({
    running: ReleaseNameSchema.nullable().describe(
      'Name of the release that the tenants run; null if they run no bundle or one that is not a release.',
    ),
    desired: ReleaseNameSchema.nullable().describe(
      'Name of the release that the tenants should run; null if no rollout and no channel has set one.',
    ),
    tenants: Count.describe('Number of tenants with this pair of running and desired release.'),
  })
  .describe('Number of tenants with the same running and desired release.');
export type FleetReleaseCount = z.infer<typeof FleetReleaseCountSchema>;

export const FleetStatusSchema = z
  .object({
    tenants: Count.describe('Number of active and suspended tenants of the selection.'),
    behindTenants: Count.describe('Number of tenants that do not run the release that they should run.'),
    pastDeadlineTenants: Count.describe(
      'Number of tenants that do not run the release that they should run, although the deadline of their latest rollout has passed.',
    ),
    releases: z
      .array(FleetReleaseCountSchema)
      .describe('Distribution of the tenants over the releases, the most frequent first.'),
    failures: z
      .partialRecord(ErrorCodeEnum, Count)
      .describe(
        'Number of tenants that do not run the release that they should run because their latest rollout refused them or failed to deploy to them, by error code. Codes without tenants are absent.',
      ),
    measuredAt: z.iso.datetime().describe('Timestamp of the report.'),
  })
  .describe(
    'Distribution of tenants over releases, and how many do not run the release that they should run.',
  );
export type FleetStatus = z.infer<typeof FleetStatusSchema>;
