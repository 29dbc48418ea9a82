import type { AuthSession } from '../identity/session.zod.js';
import type { TenantRuntimeContext } from '../kernel/context.zod.js';
import type { IDataDriver } from './data-driver.js';

/** Options of resolving a tenant. */
export interface ResolveTenantOptions {
  /** Identifier of the tenant to select among those of the session's organization. */
  tenantId?: string;
}

/**
 * Routes requests to tenants. Rejects with `tenant_not_found` (for unknown tenants and those of other organizations
 * alike), `tenant_not_ready` during provisioning and `tenant_suspended`.
 */
export interface ITenantRouter {
  /**
   * Resolves the tenant of a session by its organization. Also rejects with `invalid_request`, `session_expired`,
   * `organization_required`, and `tenant_ambiguous` if the organization has several tenants and none is selected;
   * `details.tenantIds` lists them.
   */
  resolveTenant(session: AuthSession, options?: ResolveTenantOptions): Promise<TenantRuntimeContext>;
  /**
   * Returns a connected driver for the tenant's database. It can be kept: it observes suspensions and new deployments,
   * and its `disconnect` has no effect.
   */
  getTenantClient(tenantId: string): Promise<IDataDriver>;
  /**
   * Discards cached information about the tenant, so that a change takes effect immediately in this process. In other
   * processes it takes effect within the router's TTL, which is five seconds by default.
   */
  invalidateCache(tenantId: string): void;
}
