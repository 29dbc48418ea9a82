import type { DataPlane, ISecretSealer, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import { createTenantResolver } from '@objectstack/spec/http';
import type { KernelContext } from '@objectstack/spec/kernel';
import type { TenantResolverConfigInput } from '@objectstack/spec/system';
import { type ApiRequestLimiter, createRequestLimiter } from '../quota/api-request-limiter.js';
import { type Clock, systemClock } from '../shared/clock.js';
import { resolveTenant } from './resolve-tenant.js';
import { TenantClientCache } from './tenant-client-cache.js';
import { TenantIdCache } from './tenant-id-cache.js';

const TTL_MS = 5_000;
const MAX_CLIENTS = 10_000;
const CLOSE_TIMEOUT_MS = 5_000;

export interface TenantRouterOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Decrypts the tokens in the registry. Absent: there are none. */
  readonly sealer?: ISecretSealer | undefined;
  readonly kernel: KernelContext;
  readonly clock?: Clock | undefined;
  /** Maximum delay, in milliseconds, until a change made by another process takes effect in this one. Absent: 5,000. */
  readonly ttlMs?: number | undefined;
  /** Maximum number of tenants whose drivers are cached. Absent: that of the data plane, or 10,000. */
  readonly maxClients?: number | undefined;
  /** Whether a suspended tenant can be read. Absent: false. */
  readonly readsWhileSuspended?: boolean | undefined;
  /** Parts of a request that select the tenant. Absent, or without strategies: the strategy of the data plane. */
  readonly tenantResolver?: TenantResolverConfigInput | undefined;
  /** Counts the requests of `resolveTenant`. Absent: each process permits `apiRequestsPerMinute` on its own. */
  readonly requests?: ApiRequestLimiter | undefined;
  /** Time, in milliseconds, for which `close` waits for work in progress. Absent: 5,000. */
  readonly closeTimeoutMs?: number | undefined;
}

export interface TenantRouter extends ITenantRouter {
  /**
   * Refuses new work at once, also through drivers that were returned. Resolves when the operations, streams and
   * transactions in progress have ended, or after the timeout. Idempotent.
   */
  close(): Promise<void>;
}

/** Creates a router. Throws `configuration_invalid` for an invalid configuration of the resolver. */
export function createTenantRouter(options: TenantRouterOptions): TenantRouter {
  const {
    registry,
    dataPlane,
    kernel,
    clock = systemClock,
    ttlMs = TTL_MS,
    maxClients = dataPlane.driverCache?.maxDrivers ?? MAX_CLIENTS,
    readsWhileSuspended = false,
    closeTimeoutMs = CLOSE_TIMEOUT_MS,
    requests = createRequestLimiter({ registry, clock }),
  } = options;
  const resolver = createTenantResolver({
    strategies: [dataPlane.tenantResolverStrategy ?? 'token'],
    ...options.tenantResolver,
  });
  const clients = new TenantClientCache({
    registry,
    dataPlane,
    sealer: options.sealer,
    clock,
    ttlMs,
    maxClients,
    idleMs: dataPlane.driverCache?.idleMs,
    readsWhileSuspended,
  });
  const tenantIds = new TenantIdCache({ registry, clock, ttlMs, size: maxClients });
  const context = { tenantIds, clients, resolver, kernel, clock, requests };
  return {
    resolveTenant: async (session, selection = {}) => resolveTenant(context, session, selection),
    getTenantClient: (tenantId) => clients.client(tenantId),
    invalidateCache(tenantId) {
      clients.invalidate(tenantId);
      tenantIds.clear();
    },
    close: () => clients.close(closeTimeoutMs),
  };
}
