import { randomUUID } from 'node:crypto';
import { TenantDatabaseLifecycleSchema } from '@objectstack/spec/data';
import { createFileBundleStore } from '../../src/bundle/create-file-bundle-store.js';
import { createDeployPipeline } from '../../src/deploy/create-deploy-pipeline.js';
import type { DeploymentService } from '../../src/deploy/deployment-service.js';
import { fillPool } from '../../src/pool/fill-pool.js';
import { poolKeyOf } from '../../src/pool/pool-key-of.js';
import { BackgroundWork } from '../../src/provisioning/background-work.js';
import {
  createProvisioningService,
  type StoppableProvisioning,
} from '../../src/provisioning/provisioning-service.js';
import { quotasOfPlans } from '../../src/quota/with-plan-quotas.js';
import { createTenantRouter } from '../../src/router/tenant-router.js';
import { NO_TEMPLATES } from '../../src/template/templates.js';
import { KERNEL } from '../control-plane.js';
import { DEADLINE_MS, GRACE_MS } from '../deadlines.js';
import type { ManualClock } from '../manual-clock.js';
import type { FaultPlace, PlaceParts } from './fault-places.js';
import type { FaultPorts } from './fault-ports.js';

/** The services of a process, and its parts without faults. */
export interface FaultProcess {
  /** Fills the pool, in the foreground, so that its calls have an order. */
  readonly fillPool: () => Promise<void>;
  readonly provisioning: StoppableProvisioning;
  readonly deployments: DeploymentService;
  readonly parts: PlaceParts;
  readonly close: () => Promise<void>;
}

/** The data plane with faults around every call of its platform, its databases and the schema service. */
function faultyPlane({ dataPlane }: PlaceParts, ports: FaultPorts) {
  const faulty: PlaceParts['dataPlane'] = Object.create(dataPlane, {
    platform: { value: ports.wrap('platform', dataPlane.platform) },
    schemaDiff: { value: ports.wrap('database', dataPlane.schemaDiff) },
    createDriver: {
      value: (...args: Parameters<typeof dataPlane.createDriver>) =>
        ports.wrap('database', dataPlane.createDriver(...args)),
    },
  });
  const database = ports.wrap('database', dataPlane);
  Object.defineProperty(faulty, 'claimDatabase', { value: database.claimDatabase });
  Object.defineProperty(faulty, 'readTenantMarker', { value: database.readTenantMarker });
  return faulty;
}

const POOL_SIZE = 2;

/** Another process at the same place. */
export async function openFaultProcess(
  place: FaultPlace,
  { ports, clock: steady, hasPool = false }: { ports: FaultPorts; clock: ManualClock; hasPool?: boolean },
): Promise<FaultProcess> {
  const parts = await place.open();
  await parts.registry.initialize();
  const clock = ports.clock(steady);
  const registry = ports.wrap('registry', parts.registry);
  const bundles = ports.wrap('bundles', createFileBundleStore(place.bundleDirectory, { clock: steady }));
  const dataPlane = faultyPlane(parts, ports);
  const router = createTenantRouter({ registry, dataPlane, kernel: KERNEL, clock, ttlMs: 0 });
  const pool = { size: POOL_SIZE, key: poolKeyOf({ content: null, region: null }) };
  const parted = { registry, dataPlane, clock, templates: NO_TEMPLATES, planQuotas: quotasOfPlans() };
  const lifecycle = TenantDatabaseLifecycleSchema.parse({ onTenantDelete: { createBackup: false } });
  const background = new BackgroundWork();
  const poolContext = { ...parted, lifecycle, background, owner: randomUUID(), pool };
  return {
    parts,
    fillPool: () => fillPool(poolContext),
    provisioning: createProvisioningService({
      ...{ registry, dataPlane, router, clock },
      destroyGraceMs: GRACE_MS,
      provisionDeadlineMs: DEADLINE_MS,
      // One database less, so that a claim leaves nothing to prepare in the background.
      ...(hasPool && { pool: { size: POOL_SIZE - 1 } }),
    }),
    deployments: createDeployPipeline({ registry, dataPlane, router, bundles, clock, environment: 'prod' }),
    async close() {
      await parts.registry.close();
      await parts.dataPlane.close();
    },
  };
}
