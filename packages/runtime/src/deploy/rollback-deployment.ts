import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, DeploymentRecord, DeployResult, MigrationPlan } from '@objectstack/spec/system';
import { rollBackSeeds } from '../seed/roll-back-seeds.js';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id.js';
import { DeploymentProgress } from './deployment-progress.js';
import type { BundlePlan } from './read-plan.js';
import { sweepKept } from './sweep-kept.js';

interface RollbackRequest {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly options: CallOptions;
}

interface Rollback extends RollbackRequest {
  readonly context: DeployContext;
  readonly driver: IDataDriver;
  readonly current: CurrentSchema;
  /** The deployment that is undone, as the registry has it. */
  readonly record: DeploymentRecord;
}

/** Before the first deployment there is no version of an application that could be returned to. */
function assertNotFirst(plan: MigrationPlan, deploymentId: string): BundlePlan {
  const { bundleChecksum, bundleVersion } = plan;
  if (bundleChecksum && bundleVersion) return { ...plan, bundleChecksum, bundleVersion };
  throw new ObjectStackError({
    code: 'not_latest',
    message: 'There is no version before the first deployment.',
    details: { deploymentId },
  });
}

/** Whoever asks for a way back wants what it takes: all of it is kept aside, and can be brought back in its turn. */
const everyChange = ({ diff }: MigrationPlan) =>
  [...diff.objects, ...diff.fields, ...diff.indexes, ...diff.components].map(({ id }) => id);

/** What does not come back as it was; what would stop the way back is an error of its own. */
async function findingsOf(
  { dataPlane }: DeployContext,
  driver: IDataDriver,
  plan: MigrationPlan,
): Promise<DeployResult['findings']> {
  const findings = await dataPlane.schemaDiff.runPreflight(driver, plan);
  const told = findings.flatMap((finding) => {
    const check = plan.preflight.find(({ id }) => id === finding.checkId);
    return check?.stops === 'never' && finding.rows > 0
      ? [{ ...finding, explanation: check.explanation }]
      : [];
  });
  return told.length > 0 ? told : undefined;
}

async function recordSuperseded(
  { context, record }: Pick<Rollback, 'context' | 'record'>,
  by: string,
): Promise<void> {
  if (record.supersededBy === by) return;
  const updatedAt = context.clock.now().toISOString();
  await context.registry.saveDeployment({ ...record, supersededBy: by, updatedAt });
}

async function run(rollback: Rollback): Promise<void> {
  const { context, tenantId, deploymentId, driver, current, options } = rollback;
  const { schemaDiff } = context.dataPlane;
  const plan = assertNotFirst(await schemaDiff.planRollback(driver, { deploymentId }), deploymentId);
  throwIfAborted(options.signal);
  const ofSeeds = await rollBackSeeds(driver, { deploymentId, plan, result: rollback.record.result });
  const told = [...((await findingsOf(context, driver, plan)) ?? []), ...ofSeeds];
  const findings = told.length > 0 ? told : undefined;
  const progress = new DeploymentProgress(context, { tenantId, plan, rollbackOf: deploymentId });
  await progress.enter('validating');
  await progress.enter('diffing');
  progress.deploymentId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  await progress.enter('migrating');
  try {
    const { outcome, statementsExecuted } = await schemaDiff.applyMigrations(driver, plan, {
      ...options,
      deploymentId: progress.deploymentId,
      allow: everyChange(plan),
    });
    await progress.enter('registering');
    await progress.finish({ outcome, statementsExecuted, seeds: [], ...(findings && { findings }) });
  } catch (error) {
    if (ObjectStackError.isInstance(error) && !error.retryable)
      await progress.finish({ outcome: 'not_applied', statementsExecuted: 0, seeds: [] }, error);
    throw error;
  }
  await recordSuperseded(rollback, progress.deploymentId);
  await sweepKept(context, driver);
}

/** A way back that was gone already, perhaps by a process that died before it had said so. */
async function finishEarlier(rollback: Rollback): Promise<boolean> {
  const { context, tenantId, deploymentId, current, record } = rollback;
  const latest = current.deploymentId ?? '';
  const earlier = await context.registry.getDeployment(tenantId, latest);
  if (earlier?.rollbackOf !== deploymentId) return false;
  if (earlier.status !== 'ready') {
    const progress = new DeploymentProgress(context, { tenantId, plan: earlier, rollbackOf: deploymentId });
    progress.deploymentId = latest;
    await progress.finish({ outcome: 'already_applied', statementsExecuted: 0, seeds: [] });
  }
  await recordSuperseded({ context, record }, latest);
  return true;
}

/** See {@link IDeployPipelineService.rollbackDeployment}. */
export async function rollbackDeployment(
  context: DeployContext,
  { tenantId, deploymentId, options }: RollbackRequest,
): Promise<void> {
  const driver = await context.router.getTenantClient(tenantId);
  const record = await context.registry.getDeployment(tenantId, deploymentId);
  if (!record) {
    throw new ObjectStackError({
      code: 'deployment_not_found',
      message: 'The tenant has no such deployment.',
      details: { deploymentId },
    });
  }
  throwIfAborted(options.signal);
  const current = await context.dataPlane.schemaDiff.introspect(driver);
  const rollback = { context, tenantId, deploymentId, options, driver, current, record };
  if (!(await finishEarlier(rollback))) await run(rollback);
}
