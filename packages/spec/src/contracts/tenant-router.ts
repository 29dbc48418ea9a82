import type { TenantRequest, TenantRequestFacts } from '../http/tenant-request.js';
import type { AuthSession } from '../identity/session.zod.js';
import type { TenantRuntimeContext } from '../kernel/context.zod.js';
import type { TenantSelector } from '../system/tenant-selector.zod.js';
import type { IDataDriver } from './data-driver.js';

/** Options for resolving a tenant: what selects the tenant, and an abort signal. */
export interface ResolveTenantOptions extends TenantRequestFacts {
  /** Identifier of the tenant to select among the tenants of the session's organization. */
  tenantId?: string;
  /**
   * HTTP request whose configured parts select the tenant, in addition to the other options. The request is read and
   * normalized as by `createTenantResolver`.
   */
  request?: TenantRequest;
  /** Selectors that a resolver of `createTenantResolver` returned, for example in another process. Defaults to none. */
  selectors?: readonly TenantSelector[];
  /** Signal that aborts the call, which then rejects with `aborted`. Other callers are not affected. */
  signal?: AbortSignal;
}

/**
 * Routes requests to tenants. Rejects with `tenant_not_found` (for unknown tenants and those of other organizations
 * alike), `tenant_not_ready` during provisioning and `tenant_suspended`.
 *
 * Tenants and their databases are cached. A change by another process, such as a suspension, takes effect within the
 * router's TTL, which is five seconds by default; a new tenant, slug or host name is found within one second.
 */
export interface ITenantRouter {
  /**
   * Resolves the tenant of a session by its organization. Selectors only select among the tenants of the organization;
   * those that are unknown, malformed or select a tenant that is destroyed or of another organization are rejected with
   * the same `tenant_not_found`, after the same work. The context is frozen, and contains the version of the deployed
   * bundle.
   *
   * The request counts against `apiRequestsPerMinute`; beyond it, the call rejects with `rate_limited`.
   *
   * Also rejects with `invalid_request`, `session_expired`, `organization_required`, `aborted`,
   * `tenant_selector_conflict` if the selectors select different tenants, and `tenant_ambiguous` if the organization
   * has several tenants and none is selected; `details.tenantIds` lists them. Rejects with the errors of
   * `getTenantClient`, because the version is read from the tenant's database.
   */
  resolveTenant(session: AuthSession, options?: ResolveTenantOptions): Promise<TenantRuntimeContext>;
  /**
   * Returns a connected driver for the tenant's database. It can be kept: it observes suspensions, new deployments and
   * changed quotas, which it enforces for every write,
   * and its `disconnect` has no effect. Its connection is never closed while one of its operations, streams or
   * transactions is in progress.
   */
  getTenantClient(tenantId: string): Promise<IDataDriver>;
  /**
   * Discards cached information about the tenant, so that a change takes effect immediately in this process, also for
   * callers that are waiting. In other processes it takes effect within the router's TTL.
   */
  invalidateCache(tenantId: string): void;
}
