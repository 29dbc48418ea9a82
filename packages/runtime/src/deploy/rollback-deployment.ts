import type { IDataDriver, RollbackDeploymentOptions } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  assertReady,
  type DeploymentEntry,
  type DeploymentRecord,
  type DeployResult,
  type MigrationPlan,
  type RollbackResult,
} from '@objectstack/spec/system';
import { planSeedUndo, type SeedUndo } from '../seed/plan-seed-undo.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id-of.js';
import { DeploymentProgress, type DeploymentStart } from './deployment-progress.js';
import { purgeExpiredData } from './purge-expired-data.js';
import type { BundlePlan } from './read-bundle-plan.js';
import { deploymentNotFound } from './read-deployments.js';
import { reconcileTenant, settleDeployment } from './reconcile-deployments.js';
import { deploymentMissing } from './reported-deployment.js';
import { isRolledBack, rollbackSteps } from './rollback-steps.js';
import { rolledBackResult, toRollbackResult } from './rolled-back-result.js';

/** Number of attempts to plan a rollback before `plan_stale` is reported. */
const ATTEMPTS = 3;

interface RollbackRequest {
  readonly tenantId: string;
  readonly deploymentId: string;
  readonly options: RollbackDeploymentOptions;
}

interface Rollback extends RollbackRequest {
  readonly context: DeployContext;
  readonly driver: IDataDriver;
}

/** The first deployment has no previous version to roll back to. */
function assertNotFirst(plan: MigrationPlan, deploymentId: string): BundlePlan {
  const { bundleChecksum, bundleVersion } = plan;
  if (bundleChecksum && bundleVersion) return { ...plan, bundleChecksum, bundleVersion };
  throw new ObjectStackError({
    code: 'not_latest',
    message:
      'The first deployment cannot be rolled back: there is no version before it. Deploy another bundle instead.',
    details: { deploymentId },
  });
}

/**
 * A rollback approves all its changes: everything that it removes is retained, and can be restored by rolling it back.
 */
const everyChange = ({ diff }: MigrationPlan) =>
  [...diff.objects, ...diff.fields, ...diff.indexes, ...diff.components].map(({ id }) => id);

/** Findings about data that is not restored unchanged. Conditions that prevent the rollback are errors of their own. */
async function findingsOf({ dataPlane }: DeployContext, driver: IDataDriver, plan: MigrationPlan) {
  const findings = await dataPlane.schemaDiff.runPreflight(driver, plan);
  return findings.flatMap((finding) => {
    const check = plan.preflight.find(({ id }) => id === finding.checkId);
    return check?.stops === 'never' && finding.rows > 0
      ? [{ ...finding, explanation: check.explanation }]
      : [];
  });
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
  readonly undo: SeedUndo;
  readonly progress: DeploymentProgress;
  readonly start: Omit<DeploymentStart, 'status'>;
}

/** Another process runs or has run the same rollback; this one must not write its record again. */
const alreadyRun = (deploymentId: string) =>
  new ObjectStackError({
    code: 'plan_stale',
    message: 'The deployment was rolled back while its rollback was planned.',
    details: { deploymentId },
  });

/** Rolls back seeds and schema in one transaction. */
async function apply(rollback: PlannedRollback): Promise<DeployResult> {
  const { context, driver, plan, undo, start, progress, options } = rollback;
  const { signal } = options;
  const { retentionDays } = context;
  const { deploymentId: rollbackId } = start;
  if (!(await progress.start({ ...start, status: 'migrating' }))) throw alreadyRun(rollbackId);
  const applyOptions = {
    ...(signal && { signal }),
    ...(retentionDays !== undefined && { retentionDays }),
    deploymentId: rollbackId,
    allow: [...everyChange(plan), ...(options.allow ?? [])],
    first: undo.statements,
  };
  const { schemaDiff } = context.dataPlane;
  const applied = await schemaDiff.applyMigrations(driver, plan, applyOptions).catch(async (error) => {
    if (ObjectStackError.isInstance(error) && !error.retryable)
      await progress.finish({ outcome: 'not_applied', statementsExecuted: 0, seeds: [] }, error);
    throw error;
  });
  const { outcome, statementsExecuted } = applied;
  await progress.enter('registering');
  await recordSuperseded(rollback, rollbackId);
  const told = [...undo.looked, ...undo.findings];
  const findings = told.length > 0 ? { findings: told } : {};
  const result = await progress.finish({ outcome, statementsExecuted, seeds: [], ...findings });
  await purgeExpiredData(context, driver);
  assertReady(result);
  return result;
}

/** Reads the record before the history: a process that completes the rollback in between has written to the record. */
async function startOf({ context, driver, tenantId }: Rollback, deploymentId: string) {
  const seen = await context.registry.getDeployment(tenantId, deploymentId);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  if (history.some(({ id }) => id === deploymentId)) throw alreadyRun(deploymentId);
  return { deploymentId, seen };
}

/** Rolls back one deployment, the latest one in effect. */
async function attempt(rollback: Rollback): Promise<DeployResult> {
  const { context, tenantId, deploymentId, driver, options } = rollback;
  const { schemaDiff } = context.dataPlane;
  throwIfAborted(options.signal);
  const current = await schemaDiff.introspect(driver);
  const { signal } = options;
  const planned = await schemaDiff.planRollback(driver, { deploymentId, ...(signal && { signal }) });
  const plan = assertNotFirst(planned, deploymentId);
  throwIfAborted(options.signal);
  const deployed = current.objects.map(({ definition }) => definition);
  const undo = await planSeedUndo(driver, { deploymentId, plan, deployed }, (inside) =>
    findingsOf(context, inside, plan),
  );
  const progress = new DeploymentProgress(context, { tenantId, plan, rollbackOf: deploymentId });
  await progress.enter('validating');
  await progress.enter('diffing');
  const rollbackId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  const start = await startOf(rollback, rollbackId);
  try {
    return await apply({ ...rollback, plan, undo, start, progress });
  } finally {
    progress.end();
  }
}

const isCode = (error: unknown, ...codes: readonly ErrorCode[]) =>
  ObjectStackError.isInstance(error) && codes.includes(error.code);

/** Whether another process completed the same rollback meanwhile, so that this process's driver is outdated. */
async function isDoneElsewhere({ context, driver, deploymentId }: Rollback): Promise<boolean> {
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  if (!isRolledBack(history, deploymentId)) return false;
  await driver.refresh();
  return true;
}

/** Records written while a rollback is planned make it stale; it is planned again. */
async function run(rollback: Rollback): Promise<DeployResult> {
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await attempt(rollback);
    } catch (error) {
      if (isCode(error, 'plan_stale', 'not_latest') && (await isDoneElsewhere(rollback)))
        return rolledBackResult(rollback.context, rollback);
      if (left === 0 || !isCode(error, 'plan_stale')) throw error;
    }
  }
}

function assertKnown(
  { history, records }: { history: readonly DeploymentEntry[]; records: readonly DeploymentRecord[] },
  deploymentId: string,
): void {
  if (history.some(({ id }) => id === deploymentId)) return;
  const record = records.find(({ id }) => id === deploymentId);
  if (record?.result?.status === 'failed' && record.result.error.code === 'deployment_not_found')
    throw deploymentMissing(deploymentId);
  if (record) return;
  throw deploymentNotFound({ deploymentId });
}

/** See {@link IDeployPipelineService.rollbackDeployment}. */
export async function rollbackDeployment(
  context: DeployContext,
  { tenantId, deploymentId, options }: RollbackRequest,
): Promise<RollbackResult> {
  const driver = await context.router.getTenantClient(tenantId);
  throwIfAborted(options.signal);
  const { history, records } = await reconcileTenant(context, { tenantId, driver });
  assertKnown({ history, records }, deploymentId);
  const steps = rollbackSteps(history, deploymentId, options.includeLater ?? false);
  const asked = { tenantId, rollbackOf: deploymentId };
  // Another process may have rolled it back, so that this process's driver is outdated.
  if (steps.length === 0) {
    await driver.refresh();
    return toRollbackResult(asked, [await rolledBackResult(context, { tenantId, deploymentId, driver })]);
  }
  const results: DeployResult[] = [];
  for (const step of steps)
    results.push(await run({ context, tenantId, deploymentId: step, options, driver }));
  return toRollbackResult(asked, results);
}
