import { randomUUID } from 'node:crypto';
import type { IAppLifecycleService, IQuotaService, ITenantRouter } from '@objectstack/spec/contracts';
import manifest from '../package.json' with { type: 'json' };
import { refusedApps } from './apps/refused-apps.js';
import { createDeployPipeline } from './deploy/deploy-pipeline.js';
import type { DeploymentService } from './deploy/deployment-service.js';
import type { DeploymentSweepResult } from './deploy/sweep-deployments.js';
import { createProvisioningService, type ProvisioningService } from './provisioning/provisioning-service.js';
import type { SweepResult } from './provisioning/sweep-tenants.js';
import { createQuotaService } from './quota/quota-service.js';
import { createTenantRouter } from './router/tenant-router.js';
import { partsOf, type RuntimeOptions, type RuntimeParts, settingsOf } from './runtime-options.js';
import { systemClock } from './shared/clock.js';

export interface Runtime {
  readonly provisioning: ProvisioningService;
  readonly router: ITenantRouter;
  readonly deployments: DeploymentService;
  readonly quotas: IQuotaService;
  /** Refused as `not_supported` for now. */
  readonly apps: IAppLifecycleService;
  /** Ends what its deadline has passed. To be called now and then. */
  sweep(): Promise<SweepResult & Pick<DeploymentSweepResult, 'settled'>>;
  /** Closes the registry and the data plane. Harmless to repeat. */
  close(): Promise<void>;
}

function assemble(parts: RuntimeParts, options: RuntimeOptions): Omit<Runtime, 'close'> {
  const { mode, environment, ttlMs, destroyGraceMs } = settingsOf(options);
  const { clock = systemClock } = options;
  const kernel = {
    instanceId: randomUUID(),
    mode,
    version: manifest.version,
    startTime: clock.now().getTime(),
  };
  const router = createTenantRouter({ ...parts, kernel, clock, ttlMs });
  const provisioning = createProvisioningService({ ...parts, router, clock, destroyGraceMs });
  const deployments = createDeployPipeline({ ...parts, router, clock, environment });
  const quotas = createQuotaService({ ...parts, router, clock });
  const sweep = async () => {
    const { failed, purged, problems } = await provisioning.sweep();
    const { settled, problems: others } = await deployments.sweep();
    return { failed, purged, settled, problems: [...problems, ...others] };
  };
  return { provisioning, router, deployments, quotas, apps: refusedApps, sweep };
}

async function closeParts({ registry, dataPlane }: RuntimeParts): Promise<void> {
  try {
    await registry.close();
  } finally {
    await dataPlane.close();
  }
}

/**
 * A control plane and everything that stands on it. With an embedded data plane nothing else is needed; with another,
 * a missing part is a type error and `configuration_incomplete`.
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const parts = partsOf(options);
  const services = assemble(parts, options);
  let closing: Promise<void> | undefined;
  const close = () => {
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
