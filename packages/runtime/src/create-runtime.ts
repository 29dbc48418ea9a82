import { randomUUID } from 'node:crypto';
import type { IAppLifecycleService, IQuotaService, ITenantRouter } from '@objectstack/spec/contracts';
import manifest from '../package.json' with { type: 'json' };
import { refusedApps } from './apps/refused-apps.js';
import { createDeployPipeline } from './deploy/create-deploy-pipeline.js';
import type { DeploymentService } from './deploy/deployment-service.js';
import type { DeploymentSweepResult } from './deploy/sweep-deployments.js';
import { createProvisioningService, type ProvisioningService } from './provisioning/provisioning-service.js';
import type { SweepResult } from './provisioning/sweep-tenants.js';
import { createQuotaService } from './quota/create-quota-service.js';
import { createTenantRouter } from './router/tenant-router.js';
import {
  assertRuntimeOptions,
  partsOf,
  type RuntimeOptions,
  type RuntimeParts,
  settingsOf,
} from './runtime-options.js';
import { systemClock } from './shared/clock.js';
import { refusedWhenClosed } from './shared/refused-when-closed.js';

export interface Runtime {
  readonly provisioning: ProvisioningService;
  readonly router: ITenantRouter;
  readonly deployments: DeploymentService;
  readonly quotas: IQuotaService;
  /** Not supported yet: every method rejects with `not_supported`. */
  readonly apps: IAppLifecycleService;
  /**
   * Fails overdue provisioning, purges destroyed tenants after their grace period, and settles interrupted deployments.
   * Call it periodically.
   */
  sweep(): Promise<SweepResult & Pick<DeploymentSweepResult, 'settled'>>;
  /**
   * Closes the registry and the data plane. Idempotent. Afterwards every service, and every driver that the router
   * returned, rejects with `runtime_closed`.
   */
  close(): Promise<void>;
}

interface Assembled {
  readonly services: Omit<Runtime, 'close'>;
  /** Rejects every further call. */
  refuse(): void;
}

function assemble(parts: RuntimeParts, options: RuntimeOptions): Assembled {
  const { mode, environment, ttlMs, destroyGraceMs, retentionDays } = settingsOf(options);
  const { clock = systemClock } = options;
  const kernel = {
    instanceId: randomUUID(),
    mode,
    version: manifest.version,
    startTime: clock.now().getTime(),
  };
  const router = createTenantRouter({ ...parts, kernel, clock, ttlMs });
  const provisioning = createProvisioningService({ ...parts, router, clock, destroyGraceMs });
  const deployments = createDeployPipeline({ ...parts, router, clock, environment, retentionDays });
  const quotas = createQuotaService({ ...parts, router, clock });
  const { close: closeRouter, ...routing } = router;
  let isClosed = false;
  const guarded = <T extends object>(service: T) => refusedWhenClosed(service, () => isClosed);
  const sweep = async () => {
    const { failed, purged, problems } = await provisioning.sweep();
    const { settled, problems: others } = await deployments.sweep();
    return { failed, purged, settled, problems: [...problems, ...others] };
  };
  return {
    services: {
      provisioning: guarded(provisioning),
      router: guarded<ITenantRouter>(routing),
      deployments: guarded(deployments),
      quotas: guarded(quotas),
      apps: guarded(refusedApps),
      ...guarded({ sweep }),
    },
    refuse() {
      isClosed = true;
      closeRouter();
    },
  };
}

async function closeParts({ registry, dataPlane }: RuntimeParts): Promise<void> {
  try {
    await registry.close();
  } finally {
    await dataPlane.close();
  }
}

/**
 * Creates a control plane with all its services. An embedded data plane has defaults for the other parts. With any
 * other data plane, a missing part is a type error and `configuration_incomplete`.
 */
export async function createRuntime(input: RuntimeOptions): Promise<Runtime> {
  const options = assertRuntimeOptions(input);
  const parts = partsOf(options);
  const { services, refuse } = assemble(parts, options);
  let closing: Promise<void> | undefined;
  const close = () => {
    refuse();
    closing ??= closeParts(parts);
    return closing;
  };
  try {
    await parts.registry.initialize();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { ...services, close };
}
