import type { QuotaReservation, ReservableQuota } from '../system/quota-reservation.zod.js';
import type { TenantMember } from '../system/tenant-member.zod.js';
import type { TenantQuotaName, TenantQuotaOverrides } from '../system/tenant-quota.zod.js';
import type { ChangeOrigin, TenantRecord } from './registry-records.js';

/** Usage of a quota according to the registry. */
export interface QuotaLedgerState {
  /**
   * Usage that is counted in the registry, in the unit of the quota: members, deployments, committed reservations and
   * requests of the period.
   */
  used: number;
  /**
   * Sum of the reservations that were neither committed nor released and have not expired, in the unit of the quota.
   */
  reserved: number;
  /** Number of committed reservations of the quota; increases with each commit. */
  revision: number;
}

/** Quota of a tenant in a period. */
export interface QuotaPeriod {
  /** Unique identifier of the tenant. */
  tenantId: string;
  /** Name of the quota. */
  quota: TenantQuotaName;
  /**
   * Timestamp of the start of the period after which the usage is reset; an empty string if the usage is never reset.
   */
  period: string;
  /** Current timestamp. Reservations that expire at this time or earlier are not counted. */
  now: string;
}

/** Usage to add to a quota. */
export interface QuotaClaim extends QuotaPeriod {
  /** Usage to add, in the unit of the quota: a number of members, objects, deployments or requests. */
  amount: number;
  /** Maximum usage; null if unlimited. */
  limit: number | null;
  /**
   * Usage that the registry does not store, for example the number of deployed objects, in the unit of the quota, and the
   * `revision` that was read before it was measured. It is added to the stored usage before the limit is checked.
   */
  measured?: { usage: number; revision: number };
  /** Reservation to record. If omitted, the usage is added immediately, until the end of the period. */
  reservation?: QuotaReservation & { quota: ReservableQuota };
}

/** Result of adding usage, with the usage before the call. */
export interface QuotaClaimResult extends QuotaLedgerState {
  /**
   * Outcome of the call. `granted`: the usage was added or reserved; `refused`: the limit would be exceeded;
   * `measure_again`: nothing was added, because reservations were committed after the usage was measured.
   */
  outcome: 'granted' | 'refused' | 'measure_again';
}

/** Member to add to a tenant. */
export interface MemberClaim {
  /** Unique identifier of the tenant. */
  tenantId: string;
  /** Identifier of the user in the caller's identity system, for example an account id. */
  userId: string;
  /** Maximum number of members; null if unlimited. */
  limit: number | null;
  /** Current timestamp. A reservation that expires at this time or earlier has no effect. */
  now: string;
  /** Identifier of the reservation of `maxUsers` for this member, which is committed in the same transaction. */
  reservationId?: string | undefined;
}

/** Part of the registry that counts and reserves the usage of quotas. Every change is one transaction. */
export interface IQuotaLedger {
  /**
   * Adds usage unless that would exceed the limit; concurrent calls of any processes together never exceed the limit.
   * Rejects with `tenant_not_found`, also for destroyed tenants.
   */
  claimQuota(claim: QuotaClaim): Promise<QuotaClaimResult>;
  /** Returns the usage of a quota in the registry. Also zero for an unknown tenant. */
  readQuota(period: QuotaPeriod): Promise<QuotaLedgerState>;
  /**
   * Ends a reservation. Returns false if it does not exist, was released or has expired at `now`; true for one that was
   * committed. A commit adds the usage of a periodic quota to its period.
   */
  endReservation(id: string, end: { outcome: 'commit' | 'release'; now: string }): Promise<boolean>;
  /** Removes reservations of the tenant that expired at or before a timestamp. Returns their number. */
  removeExpired(tenantId: string, now: string): Promise<number>;
  /**
   * Adds a member unless that would exceed the limit. `unchanged` if the user is a member already; `no_reservation` if
   * the reservation does not exist, is of another quota or tenant, or has expired. Rejects with `tenant_not_found`, also for destroyed tenants.
   */
  addMember(claim: MemberClaim): Promise<{
    outcome: 'added' | 'unchanged' | 'refused' | 'no_reservation';
    usage: number;
  }>;
  /** Removes a member. Returns false if the user was none. */
  removeMember(tenantId: string, userId: string): Promise<boolean>;
  /** Returns the members whose ids follow a given one, sorted by the code units of the id. */
  listMembers(tenantId: string, page: { after?: string; limit: number }): Promise<TenantMember[]>;
  /**
   * Replaces the quotas of the tenant that differ from those of its plan. Returns the current record. Adds an entry to
   * the audit log if they change. Rejects with `tenant_not_found`, also for destroyed tenants.
   */
  setQuotaOverrides(
    tenantId: string,
    overrides: TenantQuotaOverrides,
    by?: ChangeOrigin,
  ): Promise<TenantRecord>;
}
