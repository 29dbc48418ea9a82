import type { DataPlane, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import type { KernelContext } from '@objectstack/spec/kernel';
import { type Clock, systemClock } from '../shared/clock.js';
import { resolveTenant } from './resolve-tenant.js';
import { TenantGate } from './tenant-gate.js';

const TTL_MS = 5_000;
const MAX_CLIENTS = 10_000;

export interface TenantRouterOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly kernel: KernelContext;
  readonly clock?: Clock | undefined;
  /** Maximum delay, in milliseconds, until a change made by another process takes effect in this one. Absent: 5,000. */
  readonly ttlMs?: number | undefined;
  /** Maximum number of tenants whose drivers are cached. Absent: 10,000. */
  readonly maxClients?: number | undefined;
}

export interface TenantRouter extends ITenantRouter {
  /** Refuses all further access, also through drivers that were returned. Idempotent. */
  close(): void;
}

export function createTenantRouter(options: TenantRouterOptions): TenantRouter {
  const {
    registry,
    dataPlane,
    kernel,
    clock = systemClock,
    ttlMs = TTL_MS,
    maxClients = MAX_CLIENTS,
  } = options;
  const gate = new TenantGate({ registry, dataPlane, clock, ttlMs, maxClients });
  return {
    resolveTenant: (session, selection = {}) =>
      resolveTenant({ registry, kernel, clock }, session, selection),
    getTenantClient: (tenantId) => gate.client(tenantId),
    invalidateCache: (tenantId) => gate.invalidate(tenantId),
    close: () => gate.close(),
  };
}
