import { createFileBundleStore } from '../../src/bundle/create-file-bundle-store.js';
import { createDeployPipeline } from '../../src/deploy/create-deploy-pipeline.js';
import type { DeploymentService } from '../../src/deploy/deployment-service.js';
import {
  createProvisioningService,
  type StoppableProvisioning,
} from '../../src/provisioning/provisioning-service.js';
import { createTenantRouter } from '../../src/router/tenant-router.js';
import { KERNEL } from '../control-plane.js';
import { DEADLINE_MS, GRACE_MS } from '../deadlines.js';
import type { ManualClock } from '../manual-clock.js';
import type { FaultPlace, PlaceParts } from './fault-places.js';
import type { FaultPorts } from './fault-ports.js';

/** The services of a process, and its parts without faults. */
export interface FaultProcess {
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

/** Another process at the same place. */
export async function openFaultProcess(
  place: FaultPlace,
  { ports, clock: steady }: { ports: FaultPorts; clock: ManualClock },
): Promise<FaultProcess> {
  const parts = await place.open();
  await parts.registry.initialize();
  const clock = ports.clock(steady);
  const registry = ports.wrap('registry', parts.registry);
  const bundles = ports.wrap('bundles', createFileBundleStore(place.bundleDirectory, { clock: steady }));
  const dataPlane = faultyPlane(parts, ports);
  const router = createTenantRouter({ registry, dataPlane, kernel: KERNEL, clock, ttlMs: 0 });
  return {
    parts,
    provisioning: createProvisioningService({
      ...{ registry, dataPlane, router, clock },
      destroyGraceMs: GRACE_MS,
      provisionDeadlineMs: DEADLINE_MS,
    }),
    deployments: createDeployPipeline({ registry, dataPlane, router, bundles, clock, environment: 'prod' }),
    async close() {
      await parts.registry.close();
      await parts.dataPlane.close();
    },
  };
}
