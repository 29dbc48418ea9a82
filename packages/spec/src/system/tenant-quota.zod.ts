import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const Count = z.int().min(0);

const limit = (what: string) =>
  Count.optional().describe(`Maximum ${what}. Omit it for no limit; 0 permits none at all.`);
const used = (what: string) => Count.optional().describe(`${what} Absent if not measured.`);

export const TenantQuotaSchema = z
  .object({
    maxUsers: limit('number of members of the tenant'),
    maxObjects: limit('number of deployed objects'),
    maxRecordsPerObject: limit('number of records in each object'),
    maxDeploymentsPerDay: limit('number of deployments per day, which starts at midnight UTC'),
    maxStorageBytes: limit('size of the database in bytes, without the unused pages of its file'),
    apiRequestsPerMinute: limit('number of requests per minute that the router resolves to the tenant'),
  })
  .describe('Quotas of a tenant: the maximum of each kind of usage.');
export type TenantQuota = z.infer<typeof TenantQuotaSchema>;

export const TenantQuotaNameEnum = TenantQuotaSchema.keyof().describe(
  'Name of a quota: a property of TenantQuota, for example maxObjects.',
);
export type TenantQuotaName = z.infer<typeof TenantQuotaNameEnum>;

const override = (what: string) =>
  Count.nullable()
    .optional()
    .describe(
      `Maximum ${what}; null for no limit, 0 for none at all. Defaults to the quota of the subscription plan.`,
    );

export const TenantQuotaOverridesSchema = z
  .strictObject({
    maxUsers: override('number of members of the tenant'),
    maxObjects: override('number of deployed objects'),
    maxRecordsPerObject: override('number of records in each object'),
    maxDeploymentsPerDay: override('number of deployments per day, which starts at midnight UTC'),
    maxStorageBytes: override('size of the database in bytes, without the unused pages of its file'),
    apiRequestsPerMinute: override('number of requests per minute that the router resolves to the tenant'),
  })
  .describe(
    'Quotas of one tenant that replace those of its subscription plan. All other quotas remain those of the plan.',
  );
export type TenantQuotaOverrides = z.infer<typeof TenantQuotaOverridesSchema>;

export const TenantUsageSchema = z
  .object({
    users: used('Number of members of the tenant.'),
    objects: used('Number of deployed objects.'),
    recordsPerObject: z
      .record(MachineNameSchema, Count)
      .optional()
      .describe('Number of records, by object name. Absent if not measured.'),
    deploymentsToday: used(
      'Number of deployments since midnight UTC, without rollbacks and deployments that changed nothing.',
    ),
    storageBytes: used('Size of the database in bytes, without the unused pages of its file.'),
    apiRequestsThisMinute: used(
      'Number of API requests that currently count against apiRequestsPerMinute. If the runtime limits requests per process, only requests to this process are counted.',
    ),
    measuredAt: z.iso.datetime().describe('Timestamp at which the usage was measured.'),
  })
  .describe('Current usage of a tenant. An amount that is not measured is absent rather than 0.');
export type TenantUsage = z.infer<typeof TenantUsageSchema>;

const asked = {
  quota: TenantQuotaNameEnum,
  usage: Count.describe('Current usage, in the unit of the quota.'),
  requested: Count.describe(
    'Amount by which the request would increase the usage, in the unit of the quota: bytes for maxStorageBytes, a count (for example of members or records) for all others.',
  ),
  object: MachineNameSchema.optional().describe(
    'Name of the object whose records are counted, for maxRecordsPerObject. Absent for other quotas, and if no object is deployed.',
  ),
  resetAt: z.iso
    .datetime()
    .optional()
    .describe(
      'Timestamp at which the usage is 0 again: for maxDeploymentsPerDay, the end of the UTC day; for apiRequestsPerMinute, the time at which this is the case if no further requests are made. Absent for other quotas.',
    ),
};

export const QuotaEnforcementResultSchema = z
  .discriminatedUnion('allowed', [
    z.object({
      allowed: z.literal(true).describe('Indicates that the request is within the quota.'),
      ...asked,
      limit: Count.optional().describe('Maximum usage, in the unit of the quota. Absent if unlimited.'),
    }),
    z.object({
      allowed: z.literal(false).describe('Indicates that the request would exceed the quota.'),
      ...asked,
      limit: Count.describe('Maximum usage, in the unit of the quota.'),
      message: z.string().min(1).describe('Description of the exceeded quota.'),
    }),
  ])
  .refine(
    ({ allowed, usage, requested, limit: most }) =>
      allowed === (most === undefined || requested === 0 || usage + requested <= most),
    { path: ['allowed'], message: 'must be true exactly if the request fits into the limit or requests 0' },
  )
  .describe(
    'Whether a quota permits a request. A tenant that exceeds a quota can still make requests that do not add to its usage.',
  );
export type QuotaEnforcementResult = z.infer<typeof QuotaEnforcementResultSchema>;
