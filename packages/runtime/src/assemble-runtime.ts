import { randomUUID } from 'node:crypto';
import type { IFleetService, ITenantRouter } from '@objectstack/spec/contracts';
import manifest from '../package.json' with { type: 'json' };
import { createAppService } from './apps/create-app-service.js';
import { createDeployPipeline } from './deploy/create-deploy-pipeline.js';
import { sweepBundles } from './deploy/sweep-bundles.js';
import { createFleetService } from './fleet/create-fleet-service.js';
import { createKeyService } from './keys/create-key-service.js';
import { PeriodicWork } from './maintenance/periodic-work.js';
import { sweepExpired } from './maintenance/sweep-expired.js';
import { HealthMonitor } from './observe/health-monitor.js';
import { healthProbes } from './observe/health-probes.js';
import { observedParts } from './observe/observed-parts.js';
import { observedService } from './observe/observed-service.js';
import { Observer } from './observe/observer.js';
import { assertPoolUsable } from './pool/pool-options.js';
import { assertLifecycleUsable } from './provisioning/assert-lifecycle-usable.js';
import { createProvisioningService, DEFAULT_LIFECYCLE } from './provisioning/provisioning-service.js';
import { createRequestLimiter } from './quota/api-request-limiter.js';
import { createQuotaService } from './quota/create-quota-service.js';
import { quotasOfPlans, withPlanQuotas } from './quota/with-plan-quotas.js';
import { settledWithin } from './router/settled-within.js';
import { createTenantRouter } from './router/tenant-router.js';
import type { Runtime } from './runtime.js';
import { type RuntimeOptions, type RuntimeParts, settingsOf } from './runtime-options.js';
import { systemClock } from './shared/clock.js';
import { exclusively } from './shared/exclusively.js';
import { refusedWhenClosed } from './shared/refused-when-closed.js';
import type { TemplateSources } from './template/read-templates.js';
import { createTemplates } from './template/templates.js';
import { createTenantService } from './tenant/create-tenant-service.js';
import { createTenantDataService } from './tenant-data/create-tenant-data-service.js';

export interface Assembled {
  readonly services: Omit<Runtime, 'close'>;
  /** Begins the work in the background that needs an initialized registry. */
  begin(): void;
  /**
   * Rejects every further call, and ends background work before its next effect. Resolves when the work in progress has
   * ended, or after the timeout.
   */
  refuse(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 5_000;
const HEALTH_TIMEOUT_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const TEMPLATE_GRACE_MS = DAY_MS;

/** The parts as they are observed, and what observes them. */
function observe(given: RuntimeParts, { clock = systemClock, logger, telemetry }: RuntimeOptions) {
  const observer = new Observer({ logger, telemetry });
  const health = new HealthMonitor({
    clock,
    probes: healthProbes(given),
    timeoutMs: HEALTH_TIMEOUT_MS,
    onChange: (part) => observer.emit('health.changed', part),
  });
  return { observer, health, parts: observedParts(given, { observer, health, clock }) };
}

/** Creates the services of a runtime on its parts. */
export function assembleRuntime(
  given: RuntimeParts,
  options: RuntimeOptions,
  sources: TemplateSources,
): Assembled {
  const { mode, environment, ttlMs, destroyGraceMs, retentionDays, bundleGraceDays, ...others } =
    settingsOf(options);
  const { closeTimeoutMs, slugReservationMs, apiRequestLimit, pool, sweepIntervalMs: intervalMs } = others;
  const { backupRetentionDays } = others;
  const backupRetentionMs = backupRetentionDays === null ? null : backupRetentionDays * DAY_MS;
  const planQuotas = quotasOfPlans(others.planQuotas);
  const { observer, health, parts: observed } = observe(given, options);
  const parts = { ...observed, registry: withPlanQuotas(observed.registry, planQuotas) };
  const lifecycle = others.lifecycle ?? parts.dataPlane.lifecycle;
  const { autoCreate: createsDatabases = true } = lifecycle?.onTenantCreate ?? {};
  const defaultTemplate = assertLifecycleUsable(lifecycle, {
    templates: [...sources.keys()],
    copies: parts.dataPlane.platform.supports.seed,
  });
  if (pool) assertPoolUsable(pool, { hasTemplate: (name) => sources.has(name), createsDatabases });
  const { tenantResolver, clock = systemClock } = options;
  const kernel = {
    instanceId: randomUUID(),
    mode,
    version: manifest.version,
    startTime: clock.now().getTime(),
    features: {},
  };
  const requests = createRequestLimiter({ ...parts, clock }, apiRequestLimit);
  const router = createTenantRouter({
    ...parts,
    kernel,
    clock,
    ttlMs,
    tenantResolver,
    closeTimeoutMs,
    readsWhileSuspended: lifecycle?.onTenantSuspend.readOnly,
    requests,
  });
  const templates = createTemplates({
    ...parts,
    clock,
    environment,
    sources,
    planQuotas,
    group: lifecycle?.onTenantCreate.group,
    graceMs: TEMPLATE_GRACE_MS,
  });
  const { stop, fillPool, whileReadable, ...provisioning } = createProvisioningService({
    ...parts,
    router,
    templates,
    clock,
    lifecycle,
    pool,
    defaultTemplate,
    planQuotas,
    destroyGraceMs,
    backupRetentionMs,
  });
  const deployContext = { ...parts, router, clock, environment, retentionDays, planQuotas };
  const deployments = createDeployPipeline(deployContext);
  const { sealer, appRegistry, publisherKeys } = options;
  const {
    stop: stopRollouts,
    sweep: sweepRollouts,
    onAccess,
    ...fleet
  } = createFleetService({
    ...deployContext,
    runtimeVersion: manifest.version,
    sealer,
  });
  const { sweep: sweepCopies, ...tenantData } = createTenantDataService({
    ...deployContext,
    sealer: options.sealer,
    lifecycle: lifecycle ?? DEFAULT_LIFECYCLE,
    backupRetentionMs,
  });
  const apps = createAppService({
    ...deployContext,
    runtimeVersion: manifest.version,
    sealer,
    appRegistry,
    publisherKeys,
    archiveDays: bundleGraceDays,
  });
  const quotas = createQuotaService({ ...parts, router, clock, requests });
  const { close: closeRouter, ...directly } = router;
  const routing = onAccess(directly);
  const stopping = new AbortController();
  const keys = createKeyService({ ...parts, observer, clock, stopping: stopping.signal });
  let isClosed = false;
  const guarded = <T extends object>(service: T) => refusedWhenClosed(service, () => isClosed);
  const served = <T extends object>(name: string, service: T) =>
    guarded(observedService(name, service, { observer, clock }));
  const { inspectTenants } = provisioning;
  const sweep = () =>
    sweepExpired({
      tenants: () => provisioning.sweep(),
      deployments: () => deployments.sweep(),
      rollouts: sweepRollouts,
      copies: sweepCopies,
      bundles: () => sweepBundles({ ...parts, clock, bundleGraceDays, inspectTenants }),
    });
  const maintenance = observedService('runtime', { sweep }, { observer, clock });
  // Also observed if the lease fails: no caller receives the error.
  const work = () =>
    observer.observe({ part: 'runtime', method: 'sweep' }, () =>
      exclusively({ registry: parts.registry, clock }, 'sweep', async () => void (await sweep())),
    );
  const periodic = new PeriodicWork({ intervalMs, work });
  return {
    begin: fillPool,
    services: {
      provisioning: served('provisioning', provisioning),
      tenants: served(
        'tenants',
        createTenantService({ ...parts, router, clock, slugReservationMs, planQuotas, whileReadable }),
      ),
      router: observer.isActive ? served<ITenantRouter>('router', routing) : guarded<ITenantRouter>(routing),
      deployments: served('deployments', deployments),
      fleet: served<IFleetService>('fleet', fleet),
      tenantData: served('tenantData', tenantData),
      quotas: served('quotas', quotas),
      apps: served('apps', apps),
      keys: served('keys', keys),
      on: (event, listener) => observer.on(event, listener),
      ...guarded({ health: () => health.check(), start: () => periodic.start() }),
      ...guarded(maintenance),
    },
    refuse() {
      isClosed = true;
      stopping.abort();
      const stopped = settledWithin(
        [periodic.stop(), stop(), stopRollouts()],
        closeTimeoutMs ?? CLOSE_TIMEOUT_MS,
      );
      return Promise.all([closeRouter(), stopped]).then(() => undefined);
    },
  };
}
