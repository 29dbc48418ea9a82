import type { PageRequestInput } from '../shared/page.zod.js';
import type { AuditPage } from '../system/audit.zod.js';
import type { Tenant } from '../system/tenant.zod.js';
import type { TenantDetails, TenantListRequestInput, TenantPage } from '../system/tenant-list.zod.js';
import type { TenantMemberPage } from '../system/tenant-member.zod.js';
import type { TenantQuotaOverrides } from '../system/tenant-quota.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for adding a member. */
export interface AddMemberOptions extends CallOptions {
  /**
   * Identifier of the reservation of `maxUsers` for this member, which is committed together with the addition. If
   * omitted, the addition itself is checked against the quota.
   */
  reservationId?: string;
}

/**
 * Reads tenants, names them and sets their quotas and members, for operators: every method sees the tenants of all
 * organizations, so a service must authorize its callers. Destroyed tenants are not found, except by `audit`.
 */
export interface ITenantService {
  /**
   * Returns a page of the tenants, latest first, optionally only those of an organization or in a status. Tenants that
   * are added while pages are read appear before the first page. Rejects with `invalid_request`, also for a cursor
   * that no page contained.
   */
  list(request?: TenantListRequestInput): Promise<TenantPage>;

  /** Returns the tenant with the steps of its provisioning. Rejects with `tenant_not_found`. */
  get(tenantId: string): Promise<TenantDetails>;

  /**
   * Returns a page of the tenant's audit log, latest first, also after the tenant was destroyed. Entries that are added
   * while pages are read appear before the first page. Rejects with `tenant_not_found` for an id that no tenant ever
   * had, and with `invalid_request`, also for a cursor that no page contained.
   */
  audit(tenantId: string, page?: PageRequestInput): Promise<AuditPage>;

  /**
   * Sets or, with null, removes the slug of the tenant. The previous slug selects no tenant from then on, and stays
   * reserved for the tenant for a grace period, 30 days by default. Idempotent. Returns the tenant. Rejects with
   * `tenant_not_found`, also during destruction, with `invalid_request`, with `aborted`, and with `tenant_name_taken`
   * if another tenant has the slug or it is reserved for another tenant.
   */
  setSlug(tenantId: string, slug: string | null, options?: CallOptions): Promise<Tenant>;

  /**
   * Replaces the custom host names of the tenant. They are stored in canonical form: lowercase, ASCII, without port and
   * trailing dot. Verify before that the organization controls them. A removed host name is available immediately.
   * Idempotent. Returns the tenant. Rejects like `setSlug`.
   */
  setHostnames(tenantId: string, hostnames: readonly string[], options?: CallOptions): Promise<Tenant>;

  /**
   * Replaces the quotas of the tenant that differ from those of its subscription plan; `{}` removes them. Idempotent.
   * Returns the tenant with its effective quotas. Rejects with `tenant_not_found`, also during destruction, with
   * `invalid_request`, with `aborted`, and with `quota_exceeded` if the usage exceeds a quota that would become lower;
   * `details.quotas` names each of them, and nothing is changed. If a quota of the database of a suspended tenant
   * becomes lower, reads of the database are permitted for the time in which its usage is counted.
   */
  setQuotas(tenantId: string, quotas: TenantQuotaOverrides, options?: CallOptions): Promise<Tenant>;

  /**
   * Reports that a user is a member of the tenant, in an identity system outside of this runtime. Idempotent. Rejects
   * with `quota_exceeded` if the tenant has as many members and reservations as `maxUsers` permits, with
   * `reservation_not_found`, `tenant_not_found`, `invalid_request` and `aborted`.
   */
  addMember(tenantId: string, userId: string, options?: AddMemberOptions): Promise<{ added: boolean }>;

  /**
   * Reports that a user is no longer a member of the tenant. Idempotent: `removed` is false if the user was none.
   * Rejects like `addMember`, except for the quota and the reservation.
   */
  removeMember(tenantId: string, userId: string, options?: CallOptions): Promise<{ removed: boolean }>;

  /**
   * Returns a page of the members, sorted by their ids. Rejects with `tenant_not_found` and with `invalid_request`,
   * also for a cursor that no page contained.
   */
  listMembers(tenantId: string, page?: PageRequestInput): Promise<TenantMemberPage>;
}
