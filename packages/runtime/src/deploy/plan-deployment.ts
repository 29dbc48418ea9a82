import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import { NAMESPACE_SEPARATOR, runStepsInTurns, throwIfAborted } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployBundleInput, MigrationPlan } from '@objectstack/spec/system';
import { hasApps, installedLayers } from '../apps/installed-layers.js';
import { lostReferences } from '../apps/lost-references.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { type BundleCheck, checkBundleSteps } from '../bundle/validate-bundle.js';
import { withIssues } from '../bundle/with-issues.js';
import { previewReplace } from '../seed/replace-preview.js';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { makePlan } from './make-plan.js';
import { ownLayer, type PreparedBundle, prepareLayers } from './prepare-layers.js';

/** A tenant whose deployment is planned, as it was read. */
export interface PlanningTenant {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly current: CurrentSchema;
}

const abortOf = ({ signal }: CallOptions) => (signal ? { signal } : {});

function toPrepared({ result, bundle, canonical }: BundleCheck): PreparedBundle {
  if (!bundle || !canonical) throw invalidBundle(result);
  return { result, bundle, canonical };
}

/** Whether the input extends objects. One that cannot be read is invalid anyway. */
function hasExtensions(input: unknown): boolean {
  try {
    return Object.hasOwn(Object(input), 'objectExtensions');
  } catch {
    return false;
  }
}

/** Whether the bundle may be valid only together with apps. */
const mayNeedApps = (input: unknown, { bundle, result }: BundleCheck) =>
  bundle
    ? (bundle.objectExtensions?.length ?? 0) > 0
    : result.issues.some(
        ({ code, message }) => code === 'reserved_name' && message.includes(NAMESPACE_SEPARATOR),
      ) || hasExtensions(input);

/** The tenant's bundle together with its apps. */
async function prepareWithApps(
  context: DeployContext,
  { driver }: PlanningTenant,
  { input, signal }: { input: unknown; signal: AbortSignal | undefined },
): Promise<PreparedBundle> {
  const own = await ownLayer(input, signal);
  const before = await installedLayers(context, driver);
  const { result, prepared } = await runStepsInTurns(prepareLayers({ own, apps: before.apps }), signal);
  const lost = prepared ? lostReferences(before, prepared.bundle) : [];
  if (!prepared || lost.length > 0) throw invalidBundle(withIssues(result, lost));
  return prepared;
}

/** Plans the deployment of a bundle that was prepared for the tenant. Does not store it. */
export async function planPrepared(
  { registry, dataPlane, environment }: DeployContext,
  { tenantId, driver, current }: PlanningTenant,
  { prepared, options }: { prepared: PreparedBundle; options: CallOptions },
): Promise<MigrationPlan> {
  const { bundle, canonical, result } = prepared;
  const abort = abortOf(options);
  await assertWithinQuota(registry, { tenantId, current, bundle }, environment);
  const plan = await makePlan(dataPlane, { current, bundle, checksum: canonical.checksum }, abort);
  const findings = await dataPlane.schemaDiff.runPreflight(driver, plan, abort);
  const ofSeeds = await previewReplace({ driver, bundle, current, environment, diff: plan.diff });
  throwIfAborted(options.signal);
  return { ...plan, findings: [...findings, ...ofSeeds], warnings: structuredClone(result.issues) };
}

/** See {@link IDeployPipelineService.planDeployment}. */
export async function planDeployment(
  context: DeployContext,
  { tenantId, bundle: input, options }: { tenantId: string; bundle: DeployBundleInput; options: CallOptions },
): Promise<MigrationPlan> {
  const { router, bundles, dataPlane } = context;
  const { signal } = options;
  const driver = await router.getTenantClient(tenantId);
  const checked = await runStepsInTurns(checkBundleSteps(input), signal);
  const needsApps = mayNeedApps(input, checked);
  if (!needsApps) toPrepared(checked);
  throwIfAborted(signal);
  const current = await dataPlane.schemaDiff.introspect(driver, abortOf(options));
  const tenant = { tenantId, driver, current };
  const prepared =
    needsApps || hasApps(current)
      ? await prepareWithApps(context, tenant, { input, signal })
      : toPrepared(checked);
  const plan = await planPrepared(context, tenant, { prepared, options });
  await bundles.put(prepared.canonical.bytes.slice(), abortOf(options));
  return plan;
}
