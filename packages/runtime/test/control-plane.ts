import { tursoLocal } from '@objectstack/driver-turso';
import type { EmbeddedDataPlane, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import { onTestFinished } from 'vitest';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import {
  createProvisioningService,
  type StoppableProvisioning,
} from '../src/provisioning/provisioning-service.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { createTenantRouter } from '../src/router/tenant-router.js';
import { controlFolder } from './control-folder.js';
import { DEADLINE_MS, GRACE_MS } from './deadlines.js';
import { type Faults, faultyDataPlane, faultyRegistry } from './fault-plane.js';
import { ManualClock } from './manual-clock.js';
import { withUnmarkedDatabases } from './unmarked-platform.js';

export interface ControlPlane {
  readonly dir: string;
  readonly clock: ManualClock;
  readonly dataPlane: EmbeddedDataPlane;
  readonly registry: ITenantRegistry;
  readonly router: ITenantRouter;
  readonly provisioning: StoppableProvisioning;
}

interface ControlPlaneOptions {
  dir?: string;
  clock?: ManualClock;
  faults?: Faults;
  maxClients?: number;
  /** Whether databases are created without a marker, as on a server. Absent: false. */
  isUnmarked?: boolean;
  /** Absent: the registry in the control database of the folder. */
  registry?: ITenantRegistry;
}

export { DEADLINE_MS, GRACE_MS };

export const TTL_MS = 5_000;

const NO_FAULTS: Faults = { before: () => {}, after: () => {} };
export const KERNEL = {
  instanceId: '00000000-0000-4000-8000-000000000000',
  mode: 'test',
  version: '1.2.3',
  startTime: 1,
  features: {},
} as const;

/** Registry, router and provisioning on real files, which are removed after the test. */
export async function openControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { clock = new ManualClock(), faults = NO_FAULTS, maxClients = 100 } = options;
  const dir = options.dir ?? (await controlFolder());
  const local = tursoLocal({ dir });
  const dataPlane = faultyDataPlane(options.isUnmarked ? withUnmarkedDatabases(local) : local, faults);
  const stored = options.registry ?? createTenantRegistry(local.defaults.controlDatabase);
  const registry = faultyRegistry(stored, faults);
  onTestFinished(async () => {
    await options.registry?.close();
    await local.close();
  });
  await registry.initialize();
  const router = createTenantRouter({
    registry,
    dataPlane,
    kernel: KERNEL,
    clock,
    ttlMs: TTL_MS,
    maxClients,
  });
  const provisioning = createProvisioningService({
    registry,
    dataPlane,
    router,
    bundles: createFileBundleStore(local.defaults.bundleDirectory),
    clock,
    destroyGraceMs: GRACE_MS,
    provisionDeadlineMs: DEADLINE_MS,
  });
  return { dir, clock, dataPlane, registry, router, provisioning };
}

/** Creates an active tenant and returns its id. */
export async function activeTenant({ provisioning }: ControlPlane, orgId = 'acme'): Promise<string> {
  const { status, tenantId } = await provisioning.provisionTenant({ orgId });
  if (status !== 'active') throw new Error(`The tenant is ${status}.`);
  return tenantId;
}

/** Names of the databases whose reads are not blocked. */
export async function readableDatabases({
  dataPlane: { platform },
}: Pick<ControlPlane, 'dataPlane'>): Promise<string[]> {
  return (await platform.listDatabases()).flatMap(({ name, blockReads }) => (blockReads ? [] : [name]));
}
