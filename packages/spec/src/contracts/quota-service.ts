import type { QuotaReservation, ReservableQuota } from '../system/quota-reservation.zod.js';
import type { QuotaEnforcementResult, TenantQuotaName, TenantUsage } from '../system/tenant-quota.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for checking a quota: the object whose records are counted. */
export interface CheckQuotaOptions {
  /**
   * Name of the object whose records are counted, for `maxRecordsPerObject`. Defaults to the object with the most
   * records.
   */
  object?: string;
}

/** Options for reserving usage: lifetime of the reservation, actor and request id for the audit log, and abort signal. */
export interface ReserveQuotaOptions extends CallOptions {
  /**
   * Time, in milliseconds, after which the reservation expires if it is neither committed nor released, at most 24
   * hours. Defaults to 600000 (ten minutes).
   */
  ttlMs?: number;
}

/**
 * Measures and reserves usage of the quotas of tenants. A quota of a tenant is the quota of its subscription plan
 * unless the tenant has its own; a quota that neither defines is unlimited. The methods that take a tenant id reject
 * with `tenant_not_found`.
 *
 * Quotas are enforced where usage is added, whether or not this service is called before: objects and deployments by
 * the deploy pipeline, records and storage by every write, members by the tenant service, requests by the router.
 * Reading and deleting are always permitted.
 */
export interface IQuotaService {
  /**
   * Returns whether the requested additional usage is within the quota. Nothing is reserved: two concurrent requests
   * may both be allowed. Changes nothing. Rejects with `invalid_request`, with `object_not_found` for the option
   * `object`, and like the router if the tenant's database has to be queried.
   */
  checkQuota(
    tenantId: string,
    quota: TenantQuotaName,
    requested: number,
    options?: CheckQuotaOptions,
  ): Promise<QuotaEnforcementResult>;
  /**
   * Reserves usage, so that no other caller of any process can use it. Of concurrent calls, exactly as many succeed as
   * the quota permits. The reservation counts as usage until it is committed or released, or expires; a process that
   * crashes leaves nothing behind after the expiry. Rejects with `quota_exceeded`, `invalid_request`, `aborted`, and
   * for `maxObjects` like the router.
   */
  reserve(
    tenantId: string,
    quota: ReservableQuota,
    amount: number,
    options?: ReserveQuotaOptions,
  ): Promise<QuotaReservation>;
  /**
   * Ends a reservation whose usage has taken effect. Call it after the objects or members exist, because they are
   * counted from then on; deployments are counted until the end of the UTC day of the reservation. Idempotent for 24
   * hours after the expiry. Rejects with `reservation_not_found` if the reservation does not exist, was released or has
   * expired; the usage may then have been granted to another caller.
   */
  commit(reservationId: string): Promise<void>;
  /**
   * Ends a reservation whose usage does not take effect. Idempotent, without effect on a reservation that was committed
   * or has expired, so that it can be called in a `finally` block.
   */
  release(reservationId: string): Promise<void>;
  /**
   * Removes expired reservations, has the records of every object counted again at its next write, and returns the
   * measured usage. Idempotent. Needed only after a change that bypassed the services, for example raw SQL that
   * replaced records. Also rejects like the router.
   */
  recount(tenantId: string): Promise<TenantUsage>;
  /**
   * Measures and returns the usage of the tenant; quantities that are not measured are absent. Changes nothing. Also
   * rejects like the router.
   */
  getUsage(tenantId: string): Promise<TenantUsage>;
}
