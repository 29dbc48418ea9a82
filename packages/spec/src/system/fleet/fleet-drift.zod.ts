import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { DriftCodeEnum, DriftSchema } from '../drift.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

export const TenantDriftSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    drift: z
      .array(DriftSchema)
      .describe(
        'List of the first 100 differences between the live schema and the deployed schema of the tenant.',
      ),
  })
  .describe('Tenant whose schema was changed outside of a deployment.');
export type TenantDrift = z.infer<typeof TenantDriftSchema>;

export const UnreadableTenantsSchema = z
  .object({
    code: ErrorCodeEnum.describe('Error code with which these tenants could not be read.'),
    tenants: Count.describe('Number of tenants that could not be read with this code.'),
    samples: z.array(NonEmpty).describe('List of the unique identifiers of the first ten of these tenants.'),
  })
  .describe('Tenants that could not be read, by error code.');
export type UnreadableTenants = z.infer<typeof UnreadableTenantsSchema>;

export const FleetDriftReportSchema = z
  .object({
    tenants: Count.describe('Number of selected tenants.'),
    driftedTenants: Count.describe('Number of tenants with at least one difference.'),
    codes: z
      .partialRecord(DriftCodeEnum, Count)
      .describe(
        'Number of tenants with differences, by the code of the difference. Codes without tenants are absent.',
      ),
    drifted: z
      .array(TenantDriftSchema)
      .describe('List of the first 1,000 tenants with differences, sorted by id.'),
    unreadable: z
      .array(UnreadableTenantsSchema)
      .describe('List of the tenants that could not be read, by error code, the most frequent first.'),
    measuredAt: z.iso.datetime().describe('Timestamp at which the report was started.'),
  })
  .describe('Differences between live and deployed schemas in all selected tenants.');
export type FleetDriftReport = z.infer<typeof FleetDriftReportSchema>;
