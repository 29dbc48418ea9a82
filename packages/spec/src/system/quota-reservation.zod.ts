import * as z from 'zod';
import { TenantQuotaNameEnum } from './tenant-quota.zod.js';

const NonEmpty = z.string().min(1);

export const ReservableQuotaEnum = TenantQuotaNameEnum.extract([
  'maxUsers',
  'maxObjects',
  'maxDeploymentsPerDay',
]).describe(
  'Name of a quota whose usage can be reserved. The other quotas need no reservation: maxRecordsPerObject and maxStorageBytes are checked in the transaction of each write, apiRequestsPerMinute at each request.',
);
export type ReservableQuota = z.infer<typeof ReservableQuotaEnum>;

export const QuotaReservationSchema = z
  .object({
    id: NonEmpty.describe('Unique identifier of the reservation, generated randomly.'),
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    quota: ReservableQuotaEnum,
    amount: z.int().min(1).describe('Reserved usage, in the unit of the quota.'),
    expiresAt: z.iso
      .datetime()
      .describe('Timestamp from which the reservation has no effect, unless it was committed before.'),
  })
  .describe('Usage of a quota that is reserved until it takes effect, is released or expires.');
export type QuotaReservation = z.infer<typeof QuotaReservationSchema>;
