import type { AuthSession } from '../identity/session.zod.js';
import type { TenantRuntimeContext } from '../kernel/context.zod.js';
import type { IDataDriver } from './data-driver.js';

/** What the caller selects. */
export interface ResolveTenantOptions {
  /** Selects among the tenants of the session's organization, never beyond them. */
  tenantId?: string;
}

/**
 * Leads a request to its tenant. Rejects with `tenant_not_found` (unknown and foreign alike), `tenant_not_ready`
 * while provisioning and `tenant_suspended`.
 */
export interface ITenantRouter {
  /**
   * The tenant of a session: session, then organization, then tenant. Rejects also with `invalid_request`,
   * `session_expired`, `organization_required`, and `tenant_ambiguous` when there are several and none is selected;
   * its `details.tenantIds` are those to choose from.
   */
  resolveTenant(session: AuthSession, options?: ResolveTenantOptions): Promise<TenantRuntimeContext>;
  /**
   * A connected driver on the tenant's own database. Safe to keep: it follows suspension and new deployments, and
   * its `disconnect` does nothing.
   */
  getTenantClient(tenantId: string): Promise<IDataDriver>;
  /**
   * Forgets what is known of the tenant, so that a change takes effect at once in this process. In other processes
   * it does so within the router's TTL, five seconds unless configured.
   */
  invalidateCache(tenantId: string): void;
}
