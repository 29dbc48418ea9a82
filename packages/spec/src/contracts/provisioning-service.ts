import type {
  TenantPlan,
  TenantProvisioningRequestInput,
  TenantProvisioningResult,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { CallOptions } from './call-options.js';

/**
 * Manages the lifecycle of tenants. Every step is recorded before it takes effect and can be repeated, so that nothing
 * is lost if the process ends at any point. Methods that take a tenant id reject with `tenant_not_found`.
 */
export interface IProvisioningService {
  /**
   * Creates a tenant with its own database. With a `requestKey`, a retry from any process returns the existing tenant
   * or resumes its provisioning. If a step fails, the result has the status `failed`; a retry with the same key resumes
   * it. Rejects with `invalid_request`, with `idempotency_conflict` if the key was used for a different request, with
   * `database_not_found` if the tenant of the key is in service and its database does not exist, with
   * `database_invalid` if that database belongs to another tenant or cannot be read, and with `not_supported`, before
   * anything is created, for an unsupported template, isolation level or provider.
   */
  provisionTenant(
    request: TenantProvisioningRequestInput,
    options?: CallOptions,
  ): Promise<TenantProvisioningResult>;
  /**
   * Suspends the tenant: all access to its data is refused. Idempotent. Rejects with `invalid_state` unless the tenant
   * is active or suspended.
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
   * tenant is active or suspended and its database no longer exists, and with `database_invalid` if that database belongs
   * to another tenant or cannot be read.
   */
  getTenantStatus(tenantId: string): Promise<TenantProvisioningStatus>;
  /**
   * Changes the subscription plan and the quotas. Idempotent. Rejects with `invalid_request`, or with `invalid_state`
   * unless the tenant is active or suspended.
   */
  migrateTenantPlan(tenantId: string, newPlan: TenantPlan, options?: CallOptions): Promise<void>;
}
