import type { ApplyMigrationsOptions, IDataDriver } from '@objectstack/spec/contracts';
import { runStepsInTurns, throwIfAborted } from '@objectstack/spec/shared';
import {
  assertAllowed,
  assertBaseSchema,
  type MigrationPlan,
  type MigrationResult,
} from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { introspect } from '../../schema/introspect.js';
import { readPlan } from '../plan/read-plan.js';
import { makeWay } from '../plan/retained/retain-values.js';
import { assertWayBack } from '../rollback/assert-way-back.js';
import { keptTablesIn } from '../rollback/undo.js';
import { alreadyDeployed } from './already-deployed.js';
import { assertMadeFor } from './assert-made-for.js';
import { assertViewsWork } from './assert-views-work.js';
import { explainFailure } from './explain-failure.js';
import { namingRecords, unlessStale } from './failed-change.js';
import { assertWithinLockBudget } from './lock-budget.js';
import { assertKeepable, atomicOptionsOf, countBrokenKeys, migrationRun } from './migration-statements.js';
import { alreadyApplied, verifyApplied } from './verify-applied.js';

/** See {@link ISchemaDiffService.applyMigrations}. */
export async function applyMigrations(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: ApplyMigrationsOptions = {},
): Promise<MigrationResult> {
  const own = await readPlan(plan, options);
  return unlessStale(driver, own, () => apply(driver, own, options));
}

async function apply(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: ApplyMigrationsOptions,
): Promise<MigrationResult> {
  const startedAt = performance.now();
  assertKeepable(options);
  const current = await introspect(driver);
  throwIfAborted(options.signal);
  const earlier = alreadyApplied(current, plan, startedAt);
  if (earlier) return earlier;
  assertBaseSchema(plan, current);
  await runStepsInTurns(assertMadeFor(plan, current), options.signal);

  assertAllowed(plan.diff, options.allow);
  const unchanged = await alreadyDeployed(driver, { plan, current, startedAt });
  if (unchanged && !options.first?.length) return unchanged;
  await assertWayBack(driver, plan, { current, signal: options.signal });
  await assertViewsWork(driver, plan);
  await assertWithinLockBudget(driver, plan, options);
  const deploymentId = options.deploymentId ?? uuidv7();
  const brokenKeys = await countBrokenKeys(driver, plan);
  const way = await makeWay(driver, keptTablesIn(plan));
  const run = migrationRun(plan, current, { ...options, deploymentId, brokenKeys, way });
  try {
    await driver.executeAtomic(run.statements, atomicOptionsOf(brokenKeys, options));
  } catch (error) {
    const after = await introspect(driver).catch(() => current);
    const applied = alreadyApplied(after, plan, startedAt);
    if (applied) {
      await driver.refresh();
      return applied;
    }
    throw await namingRecords(driver, plan, explainFailure(error, run, { plan, after }));
  }
  await driver.refresh();
  await verifyApplied(driver, plan, deploymentId);
  const statementsExecuted = run.ddl.length;
  return { outcome: 'applied', deploymentId, statementsExecuted, durationMs: performance.now() - startedAt };
}
