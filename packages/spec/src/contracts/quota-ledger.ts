import type { QuotaReservation, ReservableQuota } from '../system/quota-reservation.zod.js';
import type { TenantMember } from '../system/tenant-member.zod.js';
import type { TenantQuotaName, TenantQuotaOverrides } from '../system/tenant-quota.zod.js';
import type { ChangeOrigin, TenantRecord } from './registry-records.js';

/** Usage of a quota in the registry. */
export interface QuotaLedgerState {
  /** Usage that is counted in the registry: members, deployments, committed reservations and requests of the period. */
  used: number;
  /** Usage of reservations that have neither ended nor expired. */
  reserved: number;
  /** Number of reservations of the quota that were committed. */
  revision: number;
}

/** Part of a quota that a call is about. */
export interface QuotaPeriod {
  tenantId: string;
  quota: TenantQuotaName;
  /** Start of the period after which the usage is reset, or an empty text if it is never reset. */
  period: string;
  /** Current timestamp: reservations that expire at or before it have no effect. */
  now: string;
}

/** Usage to add to a quota. */
export interface QuotaClaim extends QuotaPeriod {
  amount: number;
  /** Maximum usage; null if unlimited. */
  limit: number | null;
  /** Usage that was measured outside the registry, and the revision that was read before it was measured. */
  measured?: { usage: number; revision: number };
  /** Reservation that keeps the usage. Absent: the usage is added at once, until the end of the period. */
  reservation?: QuotaReservation & { quota: ReservableQuota };
}

/** Whether usage was added, and the usage before. `measure_again`: reservations were committed since it was measured. */
export interface QuotaClaimResult extends QuotaLedgerState {
  outcome: 'granted' | 'refused' | 'measure_again';
}

/** A member to add. */
export interface MemberClaim {
  tenantId: string;
  userId: string;
  /** Maximum number of members; null if unlimited. */
  limit: number | null;
  now: string;
  /** Reservation of `maxUsers` that the member uses; it is committed in the same transaction. */
  reservationId?: string | undefined;
}

/** The part of the registry that counts and reserves usage. Every change is one transaction. */
export interface IQuotaLedger {
  /**
   * Adds usage unless that would exceed the limit; concurrent calls of any processes never exceed it together. Rejects
   * with `tenant_not_found`, also for destroyed tenants.
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
   * the reservation does not exist or has expired. Rejects with `tenant_not_found`, also for destroyed tenants.
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
