import type { DeployBundleInput } from '@objectstack/spec/system';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import type { PoolOptions } from '../src/pool/pool-options.js';
import { createProvisioningService } from '../src/provisioning/provisioning-service.js';
import { readTemplates } from '../src/template/read-templates.js';
import { createTemplates } from '../src/template/templates.js';
import { type ControlPlane, openControlPlane } from './control-plane.js';
import { DEADLINE_MS, GRACE_MS } from './deadlines.js';
import type { Faults } from './fault-plane.js';
import type { ManualClock } from './manual-clock.js';

interface PoolPlaneOptions {
  readonly pool?: PoolOptions;
  readonly templates?: Readonly<Record<string, DeployBundleInput>>;
  readonly dir?: string;
  readonly clock?: ManualClock;
  readonly faults?: Faults;
}

/** A control plane with a pool of prepared databases. */
export async function openPoolPlane({ pool, templates: byName = {}, ...options }: PoolPlaneOptions) {
  const plane = await openControlPlane(options);
  const { registry, dataPlane, router, clock } = plane;
  const bundles = createFileBundleStore(dataPlane.defaults.bundleDirectory);
  const sources = await readTemplates(byName);
  const graceMs = 8 * 3_600_000;
  const templates = createTemplates({
    registry,
    dataPlane,
    bundles,
    clock,
    environment: 'prod',
    sources,
    graceMs,
  });
  const provisioning = createProvisioningService({
    ...{ registry, dataPlane, router, templates, clock, pool },
    destroyGraceMs: GRACE_MS,
    provisionDeadlineMs: DEADLINE_MS,
  });
  return { ...plane, provisioning };
}

/** Resolves when the pool has a number of ready databases. */
export async function untilReady({ registry }: Pick<ControlPlane, 'registry'>, count: number): Promise<void> {
  for (;;) {
    const entries = await registry.listPooledDatabases();
    if (entries.filter(({ status }) => status === 'ready').length === count) return;
    await new Promise(setImmediate);
  }
}
