import type { ApplyMigrationsOptions, IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import { runStepsInTurns, throwIfAborted } from '@objectstack/spec/shared';
import {
  assertAllowed,
  assertBaseSchema,
  type CurrentSchema,
  type MigrationPlan,
  type MigrationResult,
  planStale,
} from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { readCurrentSchema } from '../../schema/read-current-schema.js';
import { guardOf } from '../plan/draft/guard-of.js';
import { renameEarlierRetained } from '../plan/retained/retain-values.js';
import { verifyPlan } from '../plan/verify-plan.js';
import { assertRollbackDiff } from '../rollback/assert-rollback-diff.js';
import { purgeRetained } from '../rollback/purge-retained.js';
import { retainedTablesIn } from '../rollback/rollback-information.js';
import { alreadyDeployed } from './already-deployed.js';
import { applyToKnownBase, isRepeatable, learnImages } from './apply-to-known-base.js';
import { assertDerivedDiff } from './assert-derived-diff.js';
import { assertViewsWork } from './assert-views-work.js';
import { assertWithinLockBudget } from './assert-within-lock-budget.js';
import { explainFailure } from './explain-failure.js';
import { assertRetentionDays, atomicOptionsOf, countBrokenKeys, migrationRun } from './migration-run.js';
import { alreadyApplied, verifyApplied } from './verify-applied.js';
import { withObstructingRecords } from './with-obstructing-records.js';
import { withStalePlanError } from './with-stale-plan-error.js';

/** See {@link ISchemaDiffService.applyMigrations}. */
export async function applyMigrations(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: ApplyMigrationsOptions = {},
): Promise<MigrationResult> {
  const validPlan = await verifyPlan(plan, options);
  const { purgeBefore, baseDeploymentId, deploymentId = uuidv7() } = options;
  const given = { ...options, deploymentId };
  assertRetentionDays(options);
  if (baseDeploymentId !== undefined) {
    const applied = await applyToKnownBase(driver, validPlan, { ...given, baseDeploymentId });
    if (applied) return applied;
  }
  const result = await withStalePlanError(driver, validPlan, () => apply(driver, validPlan, given));
  if (purgeBefore) await purgeRetained(driver, purgeBefore).catch(() => 0);
  return result;
}

/** Writes under a quota count the records of one object after another, and each count changes the schema version. */
const ATTEMPTS = 20;

/** Whether DDL that left the schema as it is was all that happened since it was read: counters of records were created. */
const isSameSchema = (error: unknown, before: CurrentSchema, after: CurrentSchema): boolean =>
  guardOf(error) === 'OS_SCHEMA_CHANGED' &&
  after.schemaVersion !== before.schemaVersion &&
  after.schemaHash === before.schemaHash &&
  after.deploymentId === before.deploymentId;

async function apply(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: ApplyMigrationsOptions & { readonly deploymentId: string },
  attempt = 1,
): Promise<MigrationResult> {
  const startedAt = performance.now();
  const { current: known, ...others } = options;
  const current = known ?? (await readCurrentSchema(driver));
  throwIfAborted(options.signal);
  const earlier = alreadyApplied(current, plan, startedAt);
  if (earlier) return earlier;
  assertBaseSchema(plan, current);
  const { baseDeploymentId = current.deploymentId } = options;
  if (baseDeploymentId !== current.deploymentId) throw planStale(plan, current);
  await runStepsInTurns(assertDerivedDiff(plan, current), options.signal);

  assertAllowed(plan.diff, options.allow);
  const unchanged = await alreadyDeployed(driver, { plan, current, startedAt });
  if (unchanged && !options.first?.length) return unchanged;
  await assertRollbackDiff(driver, plan, { current, signal: options.signal });
  await assertViewsWork(driver, plan);
  await assertWithinLockBudget(driver, plan, options);
  const { deploymentId } = options;
  const brokenKeys = await countBrokenKeys(driver, plan);
  const earlierRetained = await renameEarlierRetained(
    driver,
    await runStepsInTurns(retainedTablesIn(plan), options.signal),
  );
  const readsImages = options.baseDeploymentId !== undefined && (await isRepeatable(plan, options));
  const run = await runStepsInTurns(
    migrationRun(plan, current, { ...options, deploymentId, brokenKeys, earlierRetained, readsImages }),
    options.signal,
  );
  let results: readonly SqlResult[];
  try {
    results = await driver.executeAtomic(run.statements, atomicOptionsOf(brokenKeys, options));
  } catch (error) {
    const after = await readCurrentSchema(driver).catch(() => current);
    const applied = alreadyApplied(after, plan, startedAt);
    if (applied) {
      await driver.refresh();
      return applied;
    }
    // What was read before the call is outdated: nothing is concluded from it.
    const isOutdated = known !== undefined && guardOf(error) !== undefined;
    if (isOutdated || (attempt < ATTEMPTS && isSameSchema(error, current, after)))
      return apply(driver, plan, others, attempt + 1);
    throw await withObstructingRecords(driver, plan, explainFailure(error, run, { plan, after }));
  }
  await driver.refresh();
  const live = await verifyApplied(driver, plan, deploymentId);
  if (readsImages && live) learnImages(plan, results, { before: current, after: live });
  const statementsExecuted = run.ddl.length;
  return { outcome: 'applied', deploymentId, statementsExecuted, durationMs: performance.now() - startedAt };
}
