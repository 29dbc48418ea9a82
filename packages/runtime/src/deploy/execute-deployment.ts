import type { ExecuteDeploymentOptions, StoredDeployment } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  assertAllowed,
  assertTargetSchema,
  type DeployResult,
  hasNoChanges,
  isDeployed,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { assertAppsInEffect } from '../apps/assert-apps-in-effect.js';
import type { PreviewRequest } from '../seed/replace-preview.js';
import { readingTenantsOnce } from '../shared/reading-tenants-once.js';
import { assertExecutable } from './assert-executable.js';
import { assertSeedsApproved, splitApprovals } from './assert-seeds-approved.js';
import { completeDeployed } from './complete-deployed.js';
import { coversSeeds } from './covers-seeds.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id-of.js';
import { DeploymentProgress } from './deployment-progress.js';
import { holdingObjects } from './holding-objects.js';
import { readBundlePlan } from './read-bundle-plan.js';
import { readStoredBundle } from './read-stored-bundle.js';
import { type Execution, runDeployment } from './run-deployment.js';

export interface DeploymentRequest {
  readonly tenantId: string;
  readonly plan: MigrationPlan;
  readonly options: ExecuteDeploymentOptions;
}

const abortOf = ({ signal }: ExecuteDeploymentOptions) => (signal ? { signal } : {});

function previewOf({ context, driver, bundle, current, options }: Execution): PreviewRequest {
  return { driver, bundle, current, environment: options.environment ?? context.environment };
}

/** The result of the call that ran this plan, if it came to its end. */
function firstResult(
  { context, plan, bundle, options }: Execution,
  seen: StoredDeployment | null,
): DeployResult | null {
  const result = seen?.result;
  if (result?.planHash !== plan.planHash || result.status !== 'ready') return null;
  if (!coversSeeds(result, bundle, options.environment ?? context.environment)) return null;
  return { ...result, outcome: 'already_applied', statementsExecuted: 0 };
}

/** Null like {@link runDeployment}. */
async function resume(execution: Execution, deploymentId: string): Promise<DeployResult | null> {
  const { context, tenantId, progress, plan, current } = execution;
  const seen = await context.registry.getDeployment(tenantId, deploymentId);
  const first = firstResult(execution, seen);
  if (first) {
    progress.announce('ready');
    return first;
  }
  // A deployment that goes on must find the tables as it left them.
  assertTargetSchema(plan, current);
  await assertSeedsApproved(previewOf(execution), execution.approvedSeeds);
  return runDeployment(execution, { deploymentId, seen, isMigrated: true });
}

/** See {@link IDeployPipelineService.executeDeployment}. */
export async function executeDeployment(
  context: DeployContext,
  { tenantId, plan: input, options }: DeploymentRequest,
): Promise<DeployResult> {
  const driver = await context.router.getTenantClient(tenantId);
  const plan = await readBundlePlan(context.dataPlane, input, abortOf(options));
  const progress = new DeploymentProgress(context, { tenantId, plan }, options.onStatus);
  await progress.enter('validating');
  throwIfAborted(options.signal);
  // Reading it is a use, so that it is not removed before the record of the deployment refers to it.
  const bundle = await readStoredBundle(context.bundles, plan.bundleChecksum, abortOf(options));
  await progress.enter('diffing');
  const approvals = splitApprovals(bundle, options);
  return proceed({ context, tenantId, driver, plan, bundle, progress, ...approvals });
}

/** Executes a plan that this process made from this bundle. */
export async function executePlan(
  context: DeployContext,
  request: Pick<Execution, 'tenantId' | 'plan' | 'bundle' | 'options' | 'stored'>,
): Promise<DeployResult> {
  const { tenantId, plan, bundle, options, stored } = request;
  const driver = await context.router.getTenantClient(tenantId);
  const progress = new DeploymentProgress(context, { tenantId, plan }, options.onStatus);
  await progress.enter('validating');
  throwIfAborted(options.signal);
  await progress.enter('diffing');
  const given = { context, tenantId, driver, plan, bundle, progress, ...(stored && { stored }) };
  return proceed({ ...given, ...splitApprovals(bundle, options) });
}

/** From the schema as it is now, and again whenever another process went on with the deployment meanwhile. */
async function proceed(given: Omit<Execution, 'current'>): Promise<DeployResult> {
  const call: { deploymentId?: string } = {};
  for (;;) {
    const registry = readingTenantsOnce(given.context.registry);
    const result = await attempt({ ...given, context: { ...given.context, registry } }, call);
    if (result) return result;
  }
}

/**
 * One call is one deployment. Throws `plan_stale` when another process has run it, and it was rolled back: the plan fits
 * again; whether to run it again is a decision of the caller.
 */
function assertSameDeployment(call: { deploymentId?: string }, deploymentId: string): void {
  call.deploymentId ??= deploymentId;
  if (call.deploymentId === deploymentId) return;
  throw new ObjectStackError({
    code: 'plan_stale',
    message:
      'Another process executed the plan in the meantime, and its deployment was rolled back. To deploy the bundle again, create a new plan.',
    details: { deploymentId: call.deploymentId },
  });
}

/** Null when what was read is outdated. `call` remembers which deployment it is about. */
async function attempt(
  request: Omit<Execution, 'current'>,
  call: { deploymentId?: string },
): Promise<DeployResult | null> {
  const { context, tenantId, driver, plan, options } = request;
  const { schemaDiff } = context.dataPlane;
  throwIfAborted(options.signal);
  const current = await schemaDiff.introspect(driver, abortOf(options));
  const execution: Execution = { ...request, current };
  if (current.planHash === plan.planHash && current.deploymentId !== null) {
    call.deploymentId ??= current.deploymentId;
    return resume(execution, current.deploymentId);
  }
  const { environment } = options;
  await assertExecutable(context, execution, { ...abortOf(options), ...(environment && { environment }) });
  assertAllowed(plan.diff, options.allow);
  await assertSeedsApproved({ ...previewOf(execution), diff: plan.diff }, execution.approvedSeeds);
  const deploymentId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  // The record before the history: a process that completes the deployment after this has written to the record.
  const seen = await context.registry.getDeployment(tenantId, deploymentId);
  const history = await schemaDiff.readHistory(driver);
  const guards = await assertAppsInEffect(context, execution, history);
  const latest = history.at(-1);
  if (hasNoChanges(plan) && latest && isDeployed(plan, history)) return completeDeployed(execution, latest);
  assertSameDeployment(call, deploymentId);
  // Another process has run the plan since the schema was read: this call must not write it a second time.
  if (history.some(({ id }) => id === deploymentId)) return null;
  const guarded = { ...execution, guards };
  return holdingObjects(guarded, () => runDeployment(guarded, { deploymentId, seen, isMigrated: false }));
}
