import type {
  TenantPlan,
  TenantProvisioningRequestInput,
  TenantProvisioningResult,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { CallOptions } from './call-options.js';

/**
 * The life of tenants. Every step is recorded before its effect and can be repeated, so that a process that dies
 * in the middle loses nothing. Methods that take a tenant id reject with `tenant_not_found`.
 */
export interface IProvisioningService {
  /**
   * Makes a tenant with a database of its own. With a `requestKey` a retry, from any process, returns or finishes
   * the first attempt. A step that fails gives a result with status `failed`; the same key continues it.
   * Rejects with `invalid_request`, with `idempotency_conflict` when the key was used with another request, with
   * `database_not_found` when the tenant of the key is in service and its database does not exist, with `database_invalid`
   * when that database is another tenant's or cannot be read, and with `not_supported`, before anything is made, for a
   * template, isolation level or provider that is not there.
   */
  provisionTenant(
    request: TenantProvisioningRequestInput,
    options?: CallOptions,
  ): Promise<TenantProvisioningResult>;
  /** Stops all access. Harmless to repeat. Rejects with `invalid_state` unless active or suspended. */
  suspendTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /** Ends a suspension. Harmless to repeat. Rejects with `invalid_state` unless active or suspended. */
  resumeTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /**
   * Takes the tenant out of service at once and keeps its data aside until a deadline. Legal in every state and
   * harmless to repeat.
   */
  destroyTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /**
   * Status of the tenant, read at every call. Changes nothing. Rejects with `database_not_found` when the tenant is
   * active or suspended and its database no longer exists, and with `database_invalid` when that database is another
   * tenant's or cannot be read.
   */
  getTenantStatus(tenantId: string): Promise<TenantProvisioningStatus>;
  /** Changes plan and quotas. Harmless to repeat. Rejects with `invalid_request`, or `invalid_state` unless active or suspended. */
  migrateTenantPlan(tenantId: string, newPlan: TenantPlan, options?: CallOptions): Promise<void>;
}
