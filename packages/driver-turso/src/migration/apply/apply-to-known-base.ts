import type {
  ApplyMigrationsOptions,
  IDataDriver,
  SqlResult,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import {
  assertAllowed,
  type CurrentSchema,
  hasNoChanges,
  type MigrationPlan,
  type MigrationResult,
} from '@objectstack/spec/system';
import { CREATE_SYSTEM_TABLES } from '../../schema/create-system-tables.js';
import { latestDeploymentIs } from '../plan/draft/guard-of.js';
import { findAnyExpired, foundExpired, purgeRetained } from '../rollback/purge-retained.js';
import { retainedTablesIn } from '../rollback/rollback-information.js';
import { lockBudgetGuards } from './assert-within-lock-budget.js';
import { historyRows, metadataRows } from './metadata-rows.js';
import { dropsTables } from './migration-run.js';
import { imageIsAmong } from './schema-image.js';
import { statementsToRun } from './statements-to-run.js';
import { addVerifiedImages, verifiedImages } from './verified-images.js';

/*
 * A plan is often applied to many databases with the same base. The first one is read before and after, and with its
 * transaction the images of its schema are read. For each further database, one transaction is enough: it asserts that the
 * schema has the image to which the plan was applied before, and at its end that the schema has the image that was verified
 * then. If either differs, nothing has changed, and the database is read like the first one.
 */

/**
 * Whether applying the plan depends on nothing but the schema: it retains nothing and drops no table. A plan without changes
 * depends on the history, which shows whether its bundle is in effect.
 */
async function dependsOnSchemaAlone(plan: MigrationPlan): Promise<boolean> {
  if (hasNoChanges(plan)) return false;
  if (plan.diff.restores || dropsTables(plan) || plan.drift.some(({ kind }) => kind === 'view')) return false;
  return (await runStepsInTurns(retainedTablesIn(plan))).length === 0;
}

const known = new WeakMap<MigrationPlan, Promise<boolean>>();

/** Whether one transaction is enough for further databases with the base of the plan. */
export function isRepeatable(plan: MigrationPlan, { first = [] }: ApplyMigrationsOptions): Promise<boolean> {
  if (first.length > 0) return Promise.resolve(false);
  const found = known.get(plan) ?? dependsOnSchemaAlone(plan);
  known.set(plan, found);
  return found;
}

interface KnownBase extends Pick<ApplyMigrationsOptions, 'allow' | 'signal' | 'purgeBefore'> {
  readonly deploymentId: string;
  readonly baseDeploymentId: string | null;
}

/**
 * Applies a plan in one transaction; null, with nothing changed, if no other database has proven its images or something
 * differs: then the cause is found by applying it as usual. The plan was verified.
 */
export async function applyToKnownBase(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: KnownBase,
): Promise<MigrationResult | null> {
  const startedAt = performance.now();
  const images = verifiedImages(plan.planHash);
  if (!images || !(await isRepeatable(plan, options))) return null;
  const { deploymentId, baseDeploymentId, allow, signal, purgeBefore } = options;
  assertAllowed(plan.diff, allow);
  const now = new Date().toISOString();
  const ddl = statementsToRun(plan, allow);
  const statements: SqlStatement[] = [
    ...(images.createsSystemTables ? CREATE_SYSTEM_TABLES.map((sql) => ({ sql })) : []),
    imageIsAmong([...images.bases]),
    ...(await lockBudgetGuards(driver, plan, options)),
    latestDeploymentIs(baseDeploymentId),
    ...(await runStepsInTurns(historyRows(plan, deploymentId, now))),
    ...ddl.map(({ sql, args }) => ({ sql, args })),
    ...(await runStepsInTurns(metadataRows(plan.diff, now))),
    imageIsAmong([...images.targets]),
    ...(purgeBefore ? [findAnyExpired(purgeBefore)] : []),
  ];
  let results: readonly SqlResult[];
  try {
    results = await driver.executeAtomic(statements, { foreignKeys: 'on', ...(signal && { signal }) });
  } catch (error) {
    if (signal?.aborted || ObjectStackError.isInstance(error, 'database_busy')) throw error;
    return null;
  }
  if (purgeBefore && foundExpired(results.at(-1))) await purgeRetained(driver, purgeBefore).catch(() => 0);
  const durationMs = performance.now() - startedAt;
  return { outcome: 'applied', deploymentId, statementsExecuted: ddl.length, durationMs };
}

/**
 * Registers the images that a migration has read. The schema that was verified afterwards must be the one at the end of the
 * transaction, and the system tables existed before it unless the version had changed by then, as the versions show.
 */
export function learnImages(
  { planHash }: MigrationPlan,
  results: readonly SqlResult[],
  { before, after }: Record<'before' | 'after', CurrentSchema>,
): void {
  const [base, target] = results.flatMap(({ rows: [row] }) => (row && 'image' in row ? [row] : []));
  if (typeof base?.image !== 'string' || typeof target?.image !== 'string') return;
  if (Number(target.version) !== after.schemaVersion) return;
  const createsSystemTables = Number(base.version) !== before.schemaVersion;
  addVerifiedImages(planHash, { base: base.image, target: target.image, createsSystemTables });
}
