import type { DeployBundleInput } from '@objectstack/spec/system';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import { createDeployPipeline } from '../src/deploy/create-deploy-pipeline.js';
import { createProvisioningService } from '../src/provisioning/provisioning-service.js';
import { readTemplates } from '../src/template/read-templates.js';
import { createTemplates } from '../src/template/templates.js';
import { openControlPlane } from './control-plane.js';
import { DEADLINE_MS, GRACE_MS } from './deadlines.js';
import type { Faults } from './fault-plane.js';
import type { ManualClock } from './manual-clock.js';

export const TEMPLATE_GRACE_MS = 8 * 3_600_000;

interface TemplatePlaneOptions {
  templates: Readonly<Record<string, DeployBundleInput>>;
  dir?: string;
  clock?: ManualClock;
  faults?: Faults;
}

/** A control plane with templates, optionally with faults around the effects of building and provisioning. */
export async function openTemplatePlane({ templates: bundlesByName, ...options }: TemplatePlaneOptions) {
  const plane = await openControlPlane(options);
  const { registry, dataPlane, router, clock } = plane;
  const bundles = createFileBundleStore(dataPlane.defaults.bundleDirectory);
  const shared = { registry, dataPlane, bundles, clock, environment: 'prod' as const };
  const sources = await readTemplates(bundlesByName);
  const templates = createTemplates({ ...shared, sources, graceMs: TEMPLATE_GRACE_MS });
  const provisioning = createProvisioningService({
    registry,
    dataPlane,
    router,
    templates,
    clock,
    destroyGraceMs: GRACE_MS,
    provisionDeadlineMs: DEADLINE_MS,
  });
  const deployments = createDeployPipeline({ ...shared, router });
  return { ...plane, templates, provisioning, deployments };
}

export type TemplatePlane = Awaited<ReturnType<typeof openTemplatePlane>>;
