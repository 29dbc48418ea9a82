import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const Count = z.int().min(0);

const limit = (what: string) => Count.optional().describe(`${what} Absent: unlimited; 0: none.`);
const used = (what: string) => Count.optional().describe(`${what} Absent: not counted.`);

export const TenantQuotaSchema = z
  .object({
    maxUsers: limit('Users.'),
    maxObjects: limit('Objects.'),
    maxRecordsPerObject: limit('Records of one object.'),
    maxDeploymentsPerDay: limit('Deployments in a day, by UTC.'),
    maxStorageBytes: limit('Size of the database, its log included.'),
    apiRequestsPerMinute: limit('Requests in a minute.'),
  })
  .describe('What a tenant may use.');
export type TenantQuota = z.infer<typeof TenantQuotaSchema>;

export const TenantQuotaNameEnum = TenantQuotaSchema.keyof().describe('One of the quotas.');
export type TenantQuotaName = z.infer<typeof TenantQuotaNameEnum>;

export const TenantUsageSchema = z
  .object({
    users: used('Users.'),
    objects: used('Deployed objects.'),
    recordsPerObject: z
      .record(MachineNameSchema, Count)
      .optional()
      .describe('Records by object. Absent: not counted.'),
    deploymentsToday: used('Deployments since midnight UTC.'),
    storageBytes: used('Size of the database, its log included.'),
    apiRequestsThisMinute: used('Requests in the current minute.'),
    measuredAt: z.iso.datetime().describe('When it was counted.'),
  })
  .describe('Current usage of a tenant. A quantity that is not measured is absent, never 0.');
export type TenantUsage = z.infer<typeof TenantUsageSchema>;

const asked = {
  quota: TenantQuotaNameEnum,
  usage: Count.describe('What is used already.'),
  requested: Count.describe('How much more was asked for.'),
  resetAt: z.iso
    .datetime()
    .optional()
    .describe('When usage begins at 0 again. Absent: it does not by itself.'),
};

export const QuotaEnforcementResultSchema = z
  .discriminatedUnion('allowed', [
    z.object({
      allowed: z.literal(true).describe('It may be used.'),
      ...asked,
      limit: Count.optional().describe('Most that may be used. Absent: unlimited.'),
    }),
    z.object({
      allowed: z.literal(false).describe('It may not be used.'),
      ...asked,
      limit: Count.describe('Most that may be used.'),
      message: z.string().min(1).describe('Why not, in words.'),
    }),
  ])
  .refine(
    ({ allowed, usage, requested, limit: most }) =>
      allowed === (most === undefined || requested === 0 || usage + requested <= most),
    { path: ['allowed'], message: 'is true exactly when it fits, or nothing more was asked for' },
  )
  .describe('Whether a quota allows something. Who is over a quota may still do what needs no more of it.');
export type QuotaEnforcementResult = z.infer<typeof QuotaEnforcementResultSchema>;
