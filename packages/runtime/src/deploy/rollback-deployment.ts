import type { IDataDriver, RollbackDeploymentOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployResult, MigrationPlan } from '@objectstack/spec/system';
import { rollBackSeeds } from '../seed/roll-back-seeds.js';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id.js';
import { DeploymentProgress } from './deployment-progress.js';
import type { BundlePlan } from './read-plan.js';
import { reconcileTenant, settleDeployment } from './reconcile-deployments.js';
import { rollbackSteps } from './rollback-steps.js';
import { sweepKept } from './sweep-kept.js';

interface RollbackRequest {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly options: RollbackDeploymentOptions;
}

interface Rollback extends RollbackRequest {
  readonly context: DeployContext;
  readonly driver: IDataDriver;
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
  { context, tenantId, deploymentId }: Pick<Rollback, 'context' | 'tenantId' | 'deploymentId'>,
  by: string,
): Promise<void> {
  const record = await context.registry.getDeployment(tenantId, deploymentId);
  if (!record || record.supersededBy === by) return;
  await settleDeployment(context, { ...record, supersededBy: by });
}

interface PlannedRollback extends Rollback {
  readonly plan: BundlePlan;
  readonly rollbackId: string;
  readonly progress: DeploymentProgress;
}

async function apply(rollback: PlannedRollback): Promise<void> {
  const { context, tenantId, deploymentId, driver, plan, rollbackId, progress, options } = rollback;
  const { schemaDiff } = context.dataPlane;
  const record = await context.registry.getDeployment(tenantId, deploymentId);
  const ofSeeds = await rollBackSeeds(driver, { deploymentId, plan, result: record?.result });
  const told = [...((await findingsOf(context, driver, plan)) ?? []), ...ofSeeds];
  const findings = told.length > 0 ? told : undefined;
  progress.deploymentId = rollbackId;
  await progress.enter('migrating');
  const { signal } = options;
  const { keepForDays } = context;
  const applyOptions = {
    ...(signal && { signal }),
    ...(keepForDays !== undefined && { keepForDays }),
    deploymentId: rollbackId,
    allow: everyChange(plan),
  };
  const applied = await schemaDiff.applyMigrations(driver, plan, applyOptions).catch(async (error) => {
    if (ObjectStackError.isInstance(error) && !error.retryable)
      await progress.finish({ outcome: 'not_applied', statementsExecuted: 0, seeds: [] }, error);
    throw error;
  });
  const { outcome, statementsExecuted } = applied;
  await progress.enter('registering');
  await recordSuperseded(rollback, rollbackId);
  await progress.finish({ outcome, statementsExecuted, seeds: [], ...(findings && { findings }) });
  await sweepKept(context, driver);
}

/** Rolls one deployment back, the one on top of the stack. */
async function run(rollback: Rollback): Promise<void> {
  const { context, tenantId, deploymentId, driver, options } = rollback;
  const { schemaDiff } = context.dataPlane;
  throwIfAborted(options.signal);
  const current = await schemaDiff.introspect(driver);
  const plan = assertNotFirst(await schemaDiff.planRollback(driver, { deploymentId }), deploymentId);
  throwIfAborted(options.signal);
  const progress = new DeploymentProgress(context, { tenantId, plan, rollbackOf: deploymentId });
  await progress.enter('validating');
  await progress.enter('diffing');
  const rollbackId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  try {
    await apply({ ...rollback, plan, rollbackId, progress });
  } finally {
    progress.end();
  }
}

/** See {@link IDeployPipelineService.rollbackDeployment}. */
export async function rollbackDeployment(
  context: DeployContext,
  { tenantId, deploymentId, options }: RollbackRequest,
): Promise<void> {
  const driver = await context.router.getTenantClient(tenantId);
  throwIfAborted(options.signal);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  await reconcileTenant(context, { tenantId, driver, history });
  const isKnown = history.some(({ id }) => id === deploymentId);
  if (!isKnown && !(await context.registry.getDeployment(tenantId, deploymentId))) {
    throw new ObjectStackError({
      code: 'deployment_not_found',
      message: 'The tenant has no such deployment.',
      details: { deploymentId },
    });
  }
  const steps = rollbackSteps(history, deploymentId, options.includeLater ?? false);
  // Another process may have done it, of which this one's driver has not heard.
  if (steps.length === 0) await driver.refresh();
  for (const step of steps) await run({ context, tenantId, deploymentId: step, options, driver });
}
