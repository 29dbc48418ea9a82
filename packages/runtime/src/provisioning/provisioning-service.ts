import type {
  DataPlane,
  IProvisioningService,
  ITenantRegistry,
  ITenantRouter,
} from '@objectstack/spec/contracts';
import { TenantPlanSchema } from '@objectstack/spec/system';
import { type Clock, systemClock } from '../shared/clock.js';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import { type AdoptTenantRequest, adoptTenant } from './adopt-tenant.js';
import { changeInService } from './change-in-service.js';
import { destroyTenant } from './destroy-tenant.js';
import { inspectTenants, type TenantFinding } from './inspect-tenants.js';
import { provisionTenant } from './provision-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';
import { readTenantStatus } from './read-tenant-status.js';
import { type SweepResult, sweepTenants } from './sweep-tenants.js';

const DESTROY_GRACE_MS = 72 * 60 * 60 * 1_000;
const PROVISION_DEADLINE_MS = 10 * 60 * 1_000;

export interface ProvisioningServiceOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Notified of every change, so that it takes effect in this process immediately. */
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  readonly clock?: Clock | undefined;
  /** Grace period, in milliseconds, during which the data of a destroyed tenant is retained. Absent: 72 hours. */
  readonly destroyGraceMs?: number | undefined;
  /** Time, in milliseconds, after which a sweep fails an unfinished provisioning. Absent: 10 minutes. */
  readonly provisionDeadlineMs?: number | undefined;
}

export interface ProvisioningService extends IProvisioningService {
  /** Fails overdue provisioning and purges tenants whose grace period has ended. Call it periodically. */
  sweep(): Promise<SweepResult>;
  /** Discrepancies between the registry and the databases. Read-only; opens every database. */
  inspectTenants(): Promise<TenantFinding[]>;
  /**
   * Adds a database that the registry does not know, for example after the registry was lost, under the tenant id of
   * its marker. Rejects with `database_not_found`, and with `database_collision` if the database has no marker or the
   * registry already has the tenant.
   */
  adoptTenant(request: AdoptTenantRequest): Promise<{ tenantId: string }>;
}

export function createProvisioningService(options: ProvisioningServiceOptions): ProvisioningService {
  const context: ProvisioningContext = {
    registry: options.registry,
    dataPlane: options.dataPlane,
    router: options.router,
    clock: options.clock ?? systemClock,
    destroyGraceMs: options.destroyGraceMs ?? DESTROY_GRACE_MS,
    provisionDeadlineMs: options.provisionDeadlineMs ?? PROVISION_DEADLINE_MS,
  };
  return {
    provisionTenant: async (request, call) => provisionTenant(context, request, readOptions(call)),
    suspendTenant: async (tenantId, call) => {
      const { signal } = readOptions(call);
      await changeInService(context, tenantId, { change: { provisioningStatus: 'suspended' }, signal });
    },
    resumeTenant: async (tenantId, call) => {
      const { signal } = readOptions(call);
      await changeInService(context, tenantId, { change: { provisioningStatus: 'active' }, signal });
    },
    destroyTenant: async (tenantId, call) => destroyTenant(context, tenantId, readOptions(call)),
    getTenantStatus: (tenantId) => readTenantStatus(context, tenantId),
    migrateTenantPlan: async (tenantId, newPlan, call) => {
      const { signal } = readOptions(call);
      const plan = parseInput(TenantPlanSchema, newPlan, 'plan');
      await changeInService(context, tenantId, { change: { plan }, signal });
    },
    sweep: () => sweepTenants(context),
    inspectTenants: () => inspectTenants(context),
    adoptTenant: (request) => adoptTenant(context, request),
  };
}
