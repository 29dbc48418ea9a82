import type { ApplyMigrationsOptions, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  assertAllowed,
  type CurrentSchema,
  type MigrationPlan,
  type MigrationResult,
  type MigrationStatement,
} from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { throwIfAborted } from '../connection/throw-if-aborted.js';
import { isSameJson } from '../schema/hash.js';
import { introspect } from '../schema/introspect.js';
import { CREATE_SYSTEM_TABLES } from '../schema/system-tables.js';
import {
  BROKEN_FOREIGN_KEYS,
  brokenForeignKeysAreAtMost,
  foreignKeysAreOff,
  guardOf,
  latestDeploymentIs,
  schemaVersionIs,
} from './guards.js';
import { makeWay } from './kept-tables.js';
import { assertWithinLockBudget } from './lock-budget.js';
import { historyRows, keptRows, metadataRows } from './metadata-rows.js';
import { planRollback } from './plan-rollback.js';
import { statementsToRun } from './statements-to-run.js';
import { keptTablesIn } from './undo.js';
import { assertIntact, assertMadeFor } from './verify-plan.js';

const DAY_MS = 86_400_000;
const KEEP_FOR_DAYS = 7;
/** A century: instants of years beyond 9999 do not sort as text. */
const MOST_DAYS = 36_525;

interface RunOptions extends Pick<ApplyMigrationsOptions, 'allow' | 'keepForDays'> {
  readonly deploymentId: string;
  /** What makes way for what is kept aside. */
  readonly way: readonly SqlStatement[];
  readonly brokenKeys: number | null;
}

function assertKeepable({ keepForDays = KEEP_FOR_DAYS }: ApplyMigrationsOptions): void {
  if (keepForDays >= 0 && keepForDays <= MOST_DAYS) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `What is taken away can be kept for at most ${MOST_DAYS} days.`,
    details: { keepForDays },
  });
}

/** A way back from a deployment leads nowhere once there is another one. */
function assertLatest({ diff: { restores } }: MigrationPlan, { deploymentId }: CurrentSchema): void {
  if (!restores || restores.deploymentId === deploymentId) return;
  throw new ObjectStackError({
    code: 'not_latest',
    message: 'Another deployment came after the one that is to be undone.',
    details: { deploymentId: restores.deploymentId, latest: deploymentId },
  });
}

/** Only what the latest deployment left in the history says where things were, and where their values are kept. */
async function assertWayBack(driver: IDataDriver, { diff }: MigrationPlan): Promise<void> {
  if (!diff.restores) return;
  const { deploymentId } = diff.restores;
  const made = await planRollback(driver, { deploymentId });
  if (isSameJson(made.diff, diff)) return;
  throw new ObjectStackError({
    code: 'invalid_plan',
    message: 'The plan is not the way back from the latest deployment.',
    details: { deploymentId },
  });
}

function stale(plan: MigrationPlan, current: CurrentSchema): ObjectStackError {
  return new ObjectStackError({
    code: 'plan_stale',
    message: 'The schema is not the one that the plan was made for.',
    details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: current.schemaHash },
  });
}

/** A table that is dropped must not take along what refers to it. */
const drops = (plan: MigrationPlan) =>
  plan.statements.some(({ kind }) => kind === 'rebuild_table' || kind === 'drop_table');

async function countBrokenKeys(driver: IDataDriver): Promise<number> {
  const [result] = await driver.executeAtomic([{ sql: BROKEN_FOREIGN_KEYS }], { mode: 'read' });
  return Number(result?.rows[0]?.broken);
}

/** Guards first, then everything that the plan does; the history row makes a second run recognisable. */
function statementsOf(
  plan: MigrationPlan,
  current: CurrentSchema,
  { deploymentId, brokenKeys, way, allow = [], keepForDays = KEEP_FOR_DAYS }: RunOptions,
) {
  const now = new Date().toISOString();
  const until = new Date(Date.parse(now) + keepForDays * DAY_MS).toISOString();
  const ddl = statementsToRun(plan, allow);
  const before: SqlStatement[] = [
    ...(brokenKeys === null ? [] : [foreignKeysAreOff()]),
    schemaVersionIs(current.schemaVersion),
    ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })),
    latestDeploymentIs(current.deploymentId),
    ...historyRows(plan, deploymentId, now),
    ...way,
  ];
  const guard = brokenKeys === null ? [] : [brokenForeignKeysAreAtMost(brokenKeys)];
  const after = [...metadataRows(plan.diff, now), ...keptRows(plan, { deploymentId, now, until }), ...guard];
  return {
    statements: [...before, ...ddl.map(({ sql, args }) => ({ sql, args })), ...after],
    ddl,
    ddlOffset: before.length,
  };
}

/** What a guard found in the data, or in the schema. */
function stopped(guard: unknown, plan: MigrationPlan, after: CurrentSchema): ObjectStackError {
  if (guard === 'OS_VALUE_MISFIT')
    return new ObjectStackError({
      code: 'conversion_failed',
      message: 'A stored value does not fit what its field is to hold.',
    });
  if (guard === 'OS_FOREIGN_KEY_BROKEN')
    return new ObjectStackError({
      code: 'foreign_key_violation',
      message: 'A record refers to one that does not exist, and its field is to have a foreign key.',
    });
  return stale(plan, after);
}

/** Names the statement of the plan, and the change, that an error of the database stands for. */
function explain(error: unknown, ddl: readonly MigrationStatement[], ddlOffset: number): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { statementIndex, ...details } = error.details;
  const statement = typeof statementIndex === 'number' ? ddl[statementIndex - ddlOffset] : undefined;
  if (!statement) return error;
  return new ObjectStackError({
    code: error.code,
    message: `${statement.explanation} ${error.message}`,
    details: { ...details, changeId: statement.changeId, statement: statement.order },
  });
}

async function verify(driver: IDataDriver, plan: MigrationPlan, deploymentId: string): Promise<void> {
  const live = await introspect(driver);
  if (live.schemaHash === plan.targetSchemaHash || live.deploymentId !== deploymentId) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: 'The live schema differs from the target of the plan.',
    details: { targetSchemaHash: plan.targetSchemaHash, schemaHash: live.schemaHash },
  });
}

function alreadyApplied(
  current: CurrentSchema,
  plan: MigrationPlan,
  startedAt: number,
): MigrationResult | null {
  if (current.planHash !== plan.planHash || current.deploymentId === null) return null;
  const { deploymentId } = current;
  return {
    outcome: 'already_applied',
    deploymentId,
    statementsExecuted: 0,
    durationMs: performance.now() - startedAt,
  };
}

/** See {@link ISchemaDiffService.applyMigrations}. */
export async function applyMigrations(
  driver: IDataDriver,
  plan: MigrationPlan,
  options: ApplyMigrationsOptions = {},
): Promise<MigrationResult> {
  const startedAt = performance.now();
  assertIntact(plan);
  assertKeepable(options);
  const current = await introspect(driver);
  throwIfAborted(options.signal);
  const earlier = alreadyApplied(current, plan, startedAt);
  if (earlier) return earlier;
  if (current.schemaHash !== plan.baseSchemaHash) throw stale(plan, current);
  assertMadeFor(plan, current);

  assertAllowed(plan.diff, options.allow);
  assertLatest(plan, current);
  await assertWayBack(driver, plan);
  await assertWithinLockBudget(driver, plan, options.allow);
  const deploymentId = options.deploymentId ?? uuidv7();
  const brokenKeys = drops(plan) ? await countBrokenKeys(driver) : null;
  const way = await makeWay(driver, keptTablesIn(plan));
  const run = statementsOf(plan, current, { ...options, deploymentId, brokenKeys, way });
  const { statements, ddl, ddlOffset } = run;
  try {
    await driver.executeAtomic(statements, {
      foreignKeys: brokenKeys === null ? 'on' : 'off',
      ...(options.signal && { signal: options.signal }),
    });
  } catch (error) {
    const after = await introspect(driver).catch(() => current);
    const applied = alreadyApplied(after, plan, startedAt);
    if (applied) return applied;
    const guard = guardOf(error);
    if (!ObjectStackError.isInstance(error) || guard === undefined) throw explain(error, ddl, ddlOffset);
    const { code, message, details } = stopped(guard, plan, after);
    const { statementIndex } = error.details;
    throw explain(
      new ObjectStackError({ code, message, details: { ...details, statementIndex } }),
      ddl,
      ddlOffset,
    );
  }
  await driver.refresh();
  await verify(driver, plan, deploymentId);
  const statementsExecuted = ddl.length;
  return { outcome: 'applied', deploymentId, statementsExecuted, durationMs: performance.now() - startedAt };
}
