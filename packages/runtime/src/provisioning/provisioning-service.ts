import type {
  CallOptions,
  DataPlane,
  IBundleStore,
  IProvisioningService,
  ISecretSealer,
  ITenantRegistry,
  ITenantRouter,
} from '@objectstack/spec/contracts';
import { type TenantDatabaseLifecycle, TenantDatabaseLifecycleSchema } from '@objectstack/spec/data';
import { type BaselineResult, TenantPlanSchema } from '@objectstack/spec/system';
import { createDatabasePool } from '../pool/database-pool.js';
import type { PoolOptions } from '../pool/pool-options.js';
import type { WhileReadable } from '../quota/assert-usage-fits.js';
import { type QuotasOfPlans, quotasOfPlans } from '../quota/with-plan-quotas.js';
import { type Clock, systemClock } from '../shared/clock.js';
import { findTenant } from '../shared/find-tenant.js';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import { NO_TEMPLATES, type Templates } from '../template/templates.js';
import { type AdoptTenantRequest, adoptTenant } from './adopt-tenant.js';
import { BackgroundWork } from './background-work.js';
import { type BaselineTenantRequest, baselineTenant } from './baseline-tenant.js';
import { changeInService } from './change-in-service.js';
import { changePlan } from './change-plan.js';
import { destroyTenant } from './destroy-tenant.js';
import { inspectTenants, type TenantFinding } from './inspect-tenants.js';
import { provisionTenant } from './provision-tenant.js';
import type { ProvisioningContext, ProvisioningParts } from './provisioning-context.js';
import { readTenantStatus } from './read-tenant-status.js';
import { recoverTenant } from './recover-tenant.js';
import { accessDeadline, settleAccess } from './settle-access.js';
import { type SweepResult, sweepTenants } from './sweep-tenants.js';
import { whileReadable } from './while-readable.js';

const HOUR_MS = 60 * 60 * 1_000;

/** Without a configuration, a backup that was not requested would keep the data of destroyed tenants. */
export const DEFAULT_LIFECYCLE = TenantDatabaseLifecycleSchema.parse({
  onTenantDelete: { createBackup: false },
});
const BACKUP_RETENTION_MS = 30 * 24 * HOUR_MS;
const PROVISION_DEADLINE_MS = 10 * 60 * 1_000;

export interface ProvisioningServiceOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Stores the bundles of adopted databases. Absent: `baselineTenant` rejects with `configuration_incomplete`. */
  readonly bundles?: Pick<IBundleStore, 'put'> | undefined;
  /** Notified of every change, so that it takes effect in this process immediately. */
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  /** Encrypts the tokens of adopted databases. Absent: a request with a token is rejected. */
  readonly sealer?: ISecretSealer | undefined;
  /** Absent: no templates. */
  readonly templates?: Templates | undefined;
  readonly clock?: Clock | undefined;
  /** Quotas of the plans. Absent: the defaults. */
  readonly planQuotas?: QuotasOfPlans | undefined;
  /** What happens to databases when tenants are created, suspended and destroyed. Absent: as without a final backup. */
  readonly lifecycle?: TenantDatabaseLifecycle | undefined;
  /** Template of requests that name none. Absent: such databases are created empty. */
  readonly defaultTemplate?: string | undefined;
  /** Absent: no databases are prepared. */
  readonly pool?: PoolOptions | undefined;
  /** Grace period, in milliseconds, during which the data of a destroyed tenant is retained. Absent: that of the lifecycle. */
  readonly destroyGraceMs?: number | undefined;
  /** Time, in milliseconds, for which final backups are retained; null if forever. Absent: 30 days. */
  readonly backupRetentionMs?: number | null | undefined;
  /** Time, in milliseconds, after which a sweep fails an unfinished provisioning. Absent: 10 minutes. */
  readonly provisionDeadlineMs?: number | undefined;
}

export interface ProvisioningService extends IProvisioningService {
  /**
   * Returns a destroyed tenant to the status that it had, before its data is deleted: an active or suspended one to
   * service, any other to `failed`, from which its request key resumes it. Idempotent. Rejects with `tenant_not_found` once
   * the deletion of the data has begun or its deadline has passed, and with `database_not_found` if the database of an
   * active or suspended tenant no longer exists.
   */
  recoverTenant(tenantId: string, options?: CallOptions): Promise<void>;
  /**
   * Fails overdue provisioning, resumes what other processes left unfinished, deletes prepared databases that no process
   * uses, and purges tenants whose grace period has ended. `start` of the runtime calls it periodically.
   */
  sweep(): Promise<SweepResult>;
  /** Discrepancies between the registry and the databases. Read-only; opens every database. */
  inspectTenants(): Promise<TenantFinding[]>;
  /**
   * Adds a database that the registry does not know, for example after the registry was lost, under the tenant id of
   * its marker. A repetition with the same arguments returns the tenant and changes nothing, also if the tenant was
   * suspended or its plan changed since. With `authToken`, the database is accessed with this token, which is stored
   * encrypted, and the runtime requires a `sealer`. Rejects with `invalid_request`, with `configuration_incomplete`, with `database_not_found`, and with
   * `database_collision` if the database has no marker, or if the registry already has the tenant or the database
   * otherwise than by the same adoption, or the tenant was destroyed since.
   */
  adoptTenant(request: AdoptTenantRequest, options?: CallOptions): Promise<{ tenantId: string }>;
  /**
   * Adopts a database whose tables were created elsewhere as a tenant in which the bundle is deployed: writes the
   * system tables, the metadata and the first entry of the deployment history, and creates missing indexes. No row is
   * changed. A database whose tables or values differ from those of the objects is not changed at all: the outcome is
   * `refused`, and the findings say why. Idempotent: a repetition continues what an ended process began, and then
   * returns the same tenant. Rejects like `adoptTenant`, with `invalid_bundle`, with `invalid_state` if a bundle was
   * deployed to the database, and with `plan_stale` if its tables or rows changed meanwhile.
   */
  baselineTenant(request: BaselineTenantRequest, options?: CallOptions): Promise<BaselineResult>;
}

/** Provisioning with the method that ends its background work. */
export interface StoppableProvisioning extends ProvisioningService {
  /** Does work that reads the database of a suspended tenant, which its server blocks. */
  whileReadable: WhileReadable;
  /** Fills the pool of prepared databases in the background. */
  fillPool(): void;
  /**
   * Ends provisioning that continues in the background before its next effect, and deletes the prepared databases of this
   * process. A repetition of the request, or a sweep, resumes the provisioning.
   */
  stop(): Promise<void>;
}

function contextOf(options: ProvisioningServiceOptions): ProvisioningContext {
  const lifecycle = options.lifecycle ?? DEFAULT_LIFECYCLE;
  const parts: ProvisioningParts = {
    registry: options.registry,
    dataPlane: options.dataPlane,
    sealer: options.sealer,
    background: new BackgroundWork(),
    templates: options.templates ?? NO_TEMPLATES,
    clock: options.clock ?? systemClock,
    lifecycle,
    planQuotas: options.planQuotas ?? quotasOfPlans(),
  };
  return {
    ...parts,
    router: options.router,
    bundles: options.bundles,
    defaultTemplate: options.defaultTemplate,
    pool: createDatabasePool(parts, options.pool),
    accessChecks: new Map(),
    destroyGraceMs: options.destroyGraceMs ?? lifecycle.onTenantDelete.gracePeriodHours * HOUR_MS,
    backupRetentionMs:
      options.backupRetentionMs === undefined ? BACKUP_RETENTION_MS : options.backupRetentionMs,
    provisionDeadlineMs: options.provisionDeadlineMs ?? PROVISION_DEADLINE_MS,
  };
}

export function createProvisioningService(options: ProvisioningServiceOptions): StoppableProvisioning {
  const context = contextOf(options);
  const { background, pool, router } = context;
  const changeStatus = async (tenantId: string, status: 'active' | 'suspended', options: CallOptions) => {
    const change = { provisioningStatus: status, deadlineAt: accessDeadline(context) };
    // An earlier change may be in progress in a process that dies after its late effect: a sweep must look again.
    const earlier = await findTenant(context.registry, tenantId);
    const record = await changeInService(context, tenantId, { change, options });
    await settleAccess(context, record, { ...options, keepsDeadline: earlier.deadlineAt !== null });
  };
  return {
    provisionTenant: async (request, call) => {
      const result = await provisionTenant(context, request, readOptions(call));
      router.invalidateCache(result.tenantId);
      return result;
    },
    suspendTenant: async (tenantId, call) => changeStatus(tenantId, 'suspended', readOptions(call)),
    resumeTenant: async (tenantId, call) => changeStatus(tenantId, 'active', readOptions(call)),
    destroyTenant: async (tenantId, call) => destroyTenant(context, tenantId, readOptions(call)),
    recoverTenant: async (tenantId, call) => recoverTenant(context, tenantId, readOptions(call)),
    getTenantStatus: (tenantId) => readTenantStatus(context, tenantId),
    migrateTenantPlan: async (tenantId, newPlan, call) => {
      const options = readOptions(call);
      const plan = parseInput(TenantPlanSchema, newPlan, 'plan');
      await changePlan(context, tenantId, { plan, options });
    },
    sweep: () => background.whileOpen(sweepTenants(context)),
    inspectTenants: () => inspectTenants(context),
    whileReadable: (record, work) => whileReadable(context, record, work),
    fillPool: () => pool.fill(),
    stop: async () => {
      await background.stop();
      await pool.drain();
    },
    adoptTenant: async (request, call) => {
      const adopted = await adoptTenant(context, request, readOptions(call));
      router.invalidateCache(adopted.tenantId);
      return adopted;
    },
    baselineTenant: async (request, call) => {
      const result = await baselineTenant(context, request, readOptions(call));
      if (result.tenantId !== null) router.invalidateCache(result.tenantId);
      return result;
    },
  };
}
