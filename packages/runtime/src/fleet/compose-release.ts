import type { IDataDriver } from '@objectstack/spec/contracts';
import { runStepsInTurns } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployBundle } from '@objectstack/spec/system';
import { hasApps, installedLayers } from '../apps/installed-layers.js';
import { lostReferences } from '../apps/lost-references.js';
import { layersOf } from '../apps/tenant-layers.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { withIssues } from '../bundle/with-issues.js';
import { makePlan } from '../deploy/make-plan.js';
import { ownLayer, prepareLayers } from '../deploy/prepare-layers.js';
import type { BundlePlan } from '../deploy/read-bundle-plan.js';
import type { FleetContext } from './fleet-context.js';
import type { GroupPlans } from './group-plans.js';

/** A release as it is deployed to one tenant. */
export interface TenantRelease {
  readonly bundle: DeployBundle;
  readonly plan: BundlePlan;
  /** What is stored under the plan's checksum; absent if it is the release itself, which is stored. */
  readonly bytes?: Uint8Array;
  /**
   * Checksum of the bundle whose apps the release changes. Such a release takes effect completely or not at all: if its
   * seed data cannot be written, the deployment is rolled back. Absent if the apps remain unchanged.
   */
  readonly appsBase?: string | null;
}

/**
 * The release, composed with the apps of the tenant as in any deployment of the tenant, and its plan. Without apps, the
 * plan is that of the tenant's group. Throws `invalid_bundle` if the release does not fit the apps.
 */
export async function composeRelease(
  { dataPlane, bundles }: Pick<FleetContext, 'dataPlane' | 'bundles'>,
  { driver, current }: { driver: IDataDriver; current: CurrentSchema },
  { bundle, plans }: { bundle: DeployBundle; plans: GroupPlans },
): Promise<TenantRelease> {
  if (!hasApps(current)) return { bundle, plan: await plans.of(current) };
  const before = await installedLayers({ dataPlane, bundles }, driver);
  const own = await ownLayer(layersOf(bundle).own);
  const { result, prepared } = await runStepsInTurns(prepareLayers({ own, apps: before.apps }));
  const lost = prepared ? lostReferences(before, prepared.bundle) : [];
  if (!prepared || lost.length > 0) throw invalidBundle(withIssues(result, lost));
  const { bundle: composed, canonical } = prepared;
  const plan = await makePlan(dataPlane, { current, bundle: composed, checksum: canonical.checksum }, {});
  return { bundle: composed, plan: plan as BundlePlan, bytes: canonical.bytes };
}
