import type {
  TenantPlan,
  TenantProvisioningRequestInput,
  TenantProvisioningResult,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for provisioning a tenant. */
export interface ProvisionTenantOptions extends CallOptions {
  /**
   * Maximum time, in milliseconds, that the call waits for the tenant. Then it returns the status `provisioning`, and
   * provisioning continues in the background. The time does not include building a template, at its first use. Defaults
   * to no limit: the call waits until the provisioning has succeeded or failed.
   */
  waitMs?: number;
}

/**
 * Manages the lifecycle of tenants. Every step is recorded before it takes effect and can be repeated, so that nothing
 * is lost if the process terminates at any point. Methods that take a tenant id reject with `tenant_not_found`.
 */
export interface IProvisioningService {
  /**
   * Creates a tenant with its own database. With a `requestKey`, a retry from any process returns the existing tenant
   * or resumes its provisioning. One process at a time provisions a tenant; a call in another one waits for it, and
   * continues if it stops. **If a step fails, the call does not reject**: the result has the status `failed`, whose
   * error `assertReady` throws; a retry with the same key resumes it. Rejects with `invalid_request`, with
   * `idempotency_conflict` if the key was used for a different request, with `database_not_found` if the tenant of the
   * key is in service and its database does not exist, with `database_invalid` if that database belongs to another
   * tenant or cannot be read, and with `not_supported`, before anything is created, for an unsupported template,
   * isolation level or provider.
   */
  provisionTenant(
    request: TenantProvisioningRequestInput,
    options?: ProvisionTenantOptions,
  ): Promise<TenantProvisioningResult>;
  /**
   * Suspends the tenant: access to its data is refused, by the router and by the database itself. Idempotent: a
   * repetition completes what an interrupted call left undone. Rejects with `invalid_state` unless the tenant is active
   * or suspended.
   */
  suspendTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /** Resumes a suspended tenant. Idempotent. Rejects with `invalid_state` unless the tenant is active or suspended. */
  resumeTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /**
   * Takes the tenant out of service immediately and retains its data until a deadline. Permitted in every status.
   * Idempotent.
   */
  destroyTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /**
   * Returns the current status of the tenant; never cached. Changes nothing. Rejects with `database_not_found` if the
   * tenant is active or suspended and its database no longer exists, and with `database_invalid` if that database
   * belongs to another tenant or cannot be read.
   */
  getTenantStatus(tenantId: string): Promise<TenantProvisioningStatus>;
  /**
   * Changes the subscription plan and the quotas. Idempotent. Rejects with `invalid_request`, with `quota_exceeded` if
   * the usage exceeds a quota that would become lower (`details.quotas` names each of them, and nothing is changed), or
   * with `invalid_state` unless the tenant is active or suspended. If a quota of the database of a suspended tenant
   * becomes lower, reads of the database are permitted for the time in which its usage is counted.
   */
  migrateTenantPlan(tenantId: string, newPlan: TenantPlan, options?: CallOptions): Promise<void>;
}
