import type {
  ExecuteDeploymentOptions,
  RolloutTenantChange,
  RolloutTenantRecord,
} from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  changesOf,
  type DeployResult,
  EXCEEDS_LOCK_BUDGET,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { undoChange } from '../apps/change-apps.js';
import { executePlan } from '../deploy/execute-deployment.js';
import { executeKnownPlan } from '../deploy/execute-known-plan.js';
import { isReplaceId } from '../seed/replace-approval.js';
import { type Slot, SlotRefused } from './batch-slots.js';
import type { TenantRelease } from './compose-release.js';
import type { FleetContext } from './fleet-context.js';
import type { RolloutContent } from './rollout-content.js';
import { rolloutProblemOf } from './rollout-problem-of.js';
import { timedSlot } from './timed-slot.js';

/*
 * A tenant's own history says whether the rollout deployed to it. A process that was killed after a deployment and before
 * its record leaves the tenant pending: the next one finds that the latest deployment is not the one that the plan was
 * made for, and has the hash of the plan, so that it is the rollout's. Therefore the plan of a tenant that changed is
 * recorded before it is executed.
 */

/** What all tenants of a rollout have in common while a process drives it. */
export interface RolloutTarget {
  readonly content: RolloutContent;
  readonly allow: readonly string[];
  readonly environment: SeedEnvironment | undefined;
  /** Records a changed plan. Returns false if the lease was taken over. */
  readonly record: (change: RolloutTenantChange) => Promise<boolean>;
}

/** The rollout's lease was taken over: its driver must not go on. */
export class LeaseLost extends Error {}

type Member = Pick<RolloutTenantRecord, 'tenantId' | 'baseSchemaHash' | 'baseDeploymentId' | 'planHash'>;

/** The approvals that the plan knows, and the environment. */
function optionsOf({ allow, environment }: RolloutTarget, { diff }: MigrationPlan): ExecuteDeploymentOptions {
  if (allow.length === 0) return { ...(environment && { environment }) };
  const known = new Set([EXCEEDS_LOCK_BUDGET, ...changesOf(diff).map(({ id }) => id)]);
  const approved = allow.filter((id) => known.has(id) || isReplaceId(id));
  return { allow: approved, ...(environment && { environment }) };
}

/** Executes what the tenant gets. A change of apps that fails after its migration is undone. */
async function execute(
  context: FleetContext,
  target: RolloutTarget,
  { tenantId, release }: { tenantId: string; release: TenantRelease },
): Promise<DeployResult> {
  const { bundle, plan, appsBase } = release;
  const options = optionsOf(target, plan);
  if (appsBase === undefined) return executePlan(context, { tenantId, plan, bundle, options });
  const result = await executePlan({ ...context, appsBase }, { tenantId, plan, bundle, options });
  if (result.status !== 'failed') return result;
  await undoChange(context, tenantId, result);
  return { ...result, outcome: 'not_applied' };
}

/** A refusal that presumes the base of the group, which the tenant may no longer have: the tenant is read. */
function unlessPresumed(error: unknown): null {
  if (!ObjectStackError.isInstance(error) || error.retryable || error.code === 'plan_stale') throw error;
  return null;
}

/** A tenant of the rollout, and the right to change its database. */
export interface DeployTenantRequest {
  readonly member: Member;
  readonly slot: Slot;
}

/** Executes the plan that the group of the tenant has, if the tenant still has the base of the group. */
async function executeKnown(
  context: FleetContext,
  target: RolloutTarget,
  { member, slot }: DeployTenantRequest,
): Promise<DeployResult | null> {
  const { tenantId, baseSchemaHash, baseDeploymentId, planHash } = member;
  const release = await target.content.known(baseSchemaHash);
  if (release?.plan.planHash !== planHash) return null;
  const { bundle, plan } = release;
  const current = { ...release.current, deploymentId: baseDeploymentId };
  const options = optionsOf(target, plan);
  try {
    const known = { tenantId, plan, bundle, current, options, slot };
    const result = await executeKnownPlan(context, known).catch(unlessPresumed);
    if (result) return result;
    await slot.enter();
    return await execute(context, target, { tenantId, release });
  } catch (error) {
    if (ObjectStackError.isInstance(error, 'plan_stale')) return null;
    throw error;
  }
}

/** Plans from the schema that the tenant has now. Never executes a plan that was not recorded. */
async function executeAnew(
  context: FleetContext,
  target: RolloutTarget,
  member: Member,
): Promise<{ result: DeployResult | null; member: Member }> {
  const { tenantId } = member;
  const driver = await context.router.getTenantClient(tenantId);
  const current = await context.dataPlane.schemaDiff.introspect(driver);
  const release = await target.content.compose({ tenantId, driver, current });
  if (!release) return { result: null, member };
  const { plan, bytes } = release;
  if (bytes) await context.bundles.put(bytes.slice());
  const isDone = current.planHash === member.planHash && current.deploymentId !== member.baseDeploymentId;
  const isSame = plan.planHash === member.planHash && current.deploymentId === member.baseDeploymentId;
  const base = {
    tenantId,
    planHash: plan.planHash,
    baseSchemaHash: current.schemaHash,
    baseDeploymentId: current.deploymentId,
  };
  const recorded = isDone || isSame ? member : base;
  if (recorded === base && !(await target.record(base))) throw new LeaseLost();
  return { result: await execute(context, target, { tenantId, release }), member: recorded };
}

/** Without a result, the release did not concern the tenant. */
function changeOf(result: DeployResult | null, { tenantId, baseDeploymentId }: Member): RolloutTenantChange {
  if (!result) return { tenantId, state: 'unchanged', problem: null };
  const { deploymentId } = result;
  const isOurs = deploymentId !== '' && deploymentId !== baseDeploymentId && result.outcome !== 'not_applied';
  const deployed = isOurs ? { deploymentId } : {};
  if (result.status === 'failed') {
    const problem = rolloutProblemOf(ObjectStackError.fromProblemDetails(result.error));
    return { tenantId, state: 'failed', problem, ...deployed };
  }
  return { tenantId, state: isOurs ? 'deployed' : 'unchanged', problem: null, ...deployed };
}

/**
 * Deploys the release to one tenant. Idempotent. Rejects only with {@link LeaseLost}, and with {@link SlotRefused} if nothing has
 * happened to the tenant.
 */
export async function deployTenant(
  context: FleetContext,
  target: RolloutTarget,
  { member, slot: given }: DeployTenantRequest,
): Promise<RolloutTenantChange> {
  const slot = timedSlot(given);
  const { tenantId } = member;
  try {
    const known = await executeKnown(context, target, { member, slot });
    if (!known) await slot.enter();
    const { result, member: base } = known
      ? { result: known, member }
      : await executeAnew(context, target, member);
    if (result && result.outcome !== 'unchanged') context.router.invalidateCache(tenantId);
    return { ...changeOf(result, base), durationMs: slot.elapsedMs() };
  } catch (error) {
    if (error instanceof LeaseLost || error instanceof SlotRefused) throw error;
    context.router.invalidateCache(tenantId);
    return { tenantId, state: 'failed', problem: rolloutProblemOf(error) };
  }
}
