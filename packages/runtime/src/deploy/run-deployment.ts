import type { ExecuteDeploymentOptions, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { abortedError, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { DeployResult, MigrationResult, SeedResult } from '@objectstack/spec/system';
import { restoreAppData } from '../apps/restore-app-data.js';
import { layersOf } from '../apps/tenant-layers.js';
import { SeedLog } from '../seed/seed-log.js';
import { forgetSets } from '../seed/seed-progress.js';
import { writeSeeds } from '../seed/write-seeds.js';
import { timeForDeletion } from '../shared/clock.js';
import { findTenant } from '../shared/find-tenant.js';
import type { PlannedDeployment } from './assert-executable.js';
import { dailyLimit } from './daily-limit.js';
import type { DeployContext } from './deploy-context.js';
import type { DeploymentOutcome, DeploymentProgress, DeploymentStart } from './deployment-progress.js';
import { purgeExpiredData } from './purge-expired-data.js';

/** Right to change a database, together with a limited number of others. */
interface EffectSlot {
  /** Waits for the right. A rejection ends the deployment without any effect. */
  enter(): Promise<void>;
  /** Called when everything succeeded and only the record in the registry is left to write. */
  leave(): void;
}

export interface Execution extends PlannedDeployment {
  readonly context: DeployContext;
  readonly driver: IDataDriver;
  readonly progress: DeploymentProgress;
  /** `allow` contains only the changes of the plan. */
  readonly options: ExecuteDeploymentOptions;
  readonly approvedSeeds: ReadonlySet<string>;
  /** Statements that must not fail in the transaction of the migration. */
  readonly guards?: readonly SqlStatement[];
  /** Whether `current` was read in another tenant, except its latest deployment. Absent: it was read in this one. */
  readonly isKnownBase?: boolean;
  /** Right to change the database, which the execution waits for when its start is recorded. Absent: no one limits it. */
  readonly slot?: EffectSlot | undefined;
  /** Settles when the bundle is in the store, which precedes the first effect. Absent: it is in the store. */
  readonly stored?: Promise<unknown>;
}

/** What has taken effect so far. */
interface Done {
  migration: Pick<MigrationResult, 'outcome' | 'statementsExecuted'> | null;
  readonly seeds: SeedLog;
}

/** Objects of the plan that are new and have seeds. What was written to an earlier object of this name is not in the new one. */
const newObjectsWithSeeds = ({ plan, bundle }: Execution): string[] => {
  const seeded = new Set(bundle.seedData.map(({ object }) => object));
  return plan.diff.objects.flatMap(({ change, object }) =>
    change === 'added' && seeded.has(object) ? [object] : [],
  );
};

async function migrate(execution: Execution): Promise<MigrationResult> {
  const { context, driver, plan, current, progress, options, isKnownBase } = execution;
  const deploymentId = progress.deploymentId ?? '';
  const { retentionDays } = context;
  const first = [
    ...(execution.guards ?? []),
    ...(context.firstStatements ?? []),
    ...forgetSets(newObjectsWithSeeds(execution)),
  ];
  const applyOptions = {
    ...options,
    ...(isKnownBase
      ? { baseDeploymentId: current.deploymentId, purgeBefore: timeForDeletion(context.clock) }
      : { current }),
    deploymentId,
    ...(retentionDays !== undefined && { retentionDays }),
    ...(first.length > 0 && { first }),
  };
  return context.dataPlane.schemaDiff.applyMigrations(driver, plan, applyOptions);
}

/** If another process migrated, the driver of this process is outdated. */
async function seed(execution: Execution, done: Done): Promise<void> {
  const { context, tenantId, driver, bundle, current, progress, options } = execution;
  const { approvedSeeds: approved } = execution;
  if (done.migration?.outcome === 'already_applied') await driver.refresh();
  const { quotas } = (await findTenant(context.registry, tenantId)).tenant;
  await restoreAppData({ driver, bundles: context.bundles }, bundle, quotas);
  const environment = options.environment ?? context.environment;
  const deploymentId = progress.deploymentId ?? '';
  const deployed = current.objects.map(({ definition }) => definition);
  const { signal } = options;
  const { retentionDays, seedChunkSize: chunkSize } = context;
  const settings = { environment, retentionDays, chunkSize };
  const request = { driver, bundle, deployed, deploymentId, approved, signal, ...settings };
  await writeSeeds(request, done.seeds);
}

/** The error may have occurred after the commit: the database shows whether the plan was applied. */
async function outcomeOf(
  { context, driver, plan, bundle }: Execution,
  done: Done,
): Promise<DeploymentOutcome> {
  const seeds = done.seeds.inOrder(bundle);
  if (done.migration) return { ...done.migration, seeds };
  const live = await context.dataPlane.schemaDiff.introspect(driver).catch(() => null);
  if (live?.planHash !== plan.planHash) return { outcome: 'not_applied', statementsExecuted: 0, seeds };
  return { outcome: 'applied', statementsExecuted: plan.statements.length, seeds };
}

function seedFailure(seeds: readonly SeedResult[]): ObjectStackError | undefined {
  const failed = seeds.reduce((sum, result) => sum + result.failed, 0);
  if (failed === 0) return undefined;
  return new ObjectStackError({
    code: 'seed_failed',
    message: `${failed} seed record${failed === 1 ? '' : 's'} could not be written.`,
    details: { failed },
  });
}

/** Whether anything follows the migration, so that the record must say how far the deployment is. */
const hasDataToWrite = ({ bundle }: Execution): boolean =>
  bundle.seedData.length > 0 || layersOf(bundle).apps.length > 0;

async function run(execution: Execution, isMigrated: boolean): Promise<DeployResult | null> {
  const { progress } = execution;
  const done: Done = {
    migration: isMigrated ? { outcome: 'already_applied', statementsExecuted: 0 } : null,
    seeds: new SeedLog(),
  };
  try {
    if (!done.migration) {
      const { outcome, statementsExecuted, deploymentId } = await migrate(execution);
      if (deploymentId !== progress.deploymentId) return null;
      done.migration = { outcome, statementsExecuted };
      if (hasDataToWrite(execution)) await progress.enter('registering');
      else progress.pass('registering');
    }
    await seed(execution, done);
    if (!execution.isKnownBase) await purgeExpiredData(execution.context, execution.driver);
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.retryable) throw error;
    const outcome = await outcomeOf(execution, done);
    const result = await progress.finish(outcome, error);
    if (error.code === 'plan_stale' && outcome.outcome === 'not_applied') throw error;
    return result;
  }
  const outcome = await outcomeOf(execution, done);
  const failure = seedFailure(outcome.seeds);
  if (!failure) execution.slot?.leave();
  return progress.finish(outcome, failure);
}

/**
 * Waits for the slot of the execution. If it is refused, the deployment is recorded as one without any effect. If that fails, the
 * record is settled like that of a process that was killed: the reason why the deployment ended remains the refusal.
 */
async function enterSlot({ slot, progress }: Execution): Promise<void> {
  try {
    await slot?.enter();
  } catch (error) {
    const outcome: DeploymentOutcome = { outcome: 'not_applied', statementsExecuted: 0, seeds: [] };
    await progress.finish(outcome, abortedError()).catch(() => undefined);
    throw error;
  }
}

/**
 * Runs everything from the first effect on. An error becomes a failed result, unless the same call can be repeated.
 * `null` if another process started or completed the deployment meanwhile, so that the state known to this call is
 * outdated.
 */
export async function runDeployment(
  execution: Execution,
  start: Omit<DeploymentStart, 'status'> & { readonly isMigrated: boolean },
): Promise<DeployResult | null> {
  const { progress, options } = execution;
  const { isMigrated, ...known } = start;
  await execution.stored;
  throwIfAborted(options.signal);
  const daily = await dailyLimit(execution);
  const status = isMigrated ? 'registering' : 'migrating';
  try {
    if (!(await progress.start({ ...known, status, ...(daily && { daily }) }))) return null;
    await enterSlot(execution);
    return await run(execution, isMigrated);
  } finally {
    progress.end();
  }
}
