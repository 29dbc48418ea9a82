import type { ApplyMigrationsOptions, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan, MigrationResult } from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { throwIfAborted } from '../connection/throw-if-aborted.js';
import { introspect } from '../schema/introspect.js';
import { CREATE_SYSTEM_TABLES } from '../schema/system-tables.js';
import { isStoppedByGuard, latestDeploymentIs, schemaVersionIs } from './guards.js';
import { historyRow, metadataRows } from './metadata-rows.js';
import { assertIntact, assertMadeFor } from './verify-plan.js';

function stale(plan: MigrationPlan, current: CurrentSchema): ObjectStackError {
  return new ObjectStackError({
    code: 'plan_stale',
    message: 'The schema is not the one that the plan was made for.',
    details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: current.schemaHash },
  });
}

/** Guards first, then everything that the plan does; the history row makes a second run recognisable. */
function statementsOf(plan: MigrationPlan, current: CurrentSchema, deploymentId: string) {
  const now = new Date().toISOString();
  const before: SqlStatement[] = [
    schemaVersionIs(current.schemaVersion),
    ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })),
    latestDeploymentIs(current.deploymentId),
    historyRow(plan, deploymentId, now),
  ];
  const ddl: SqlStatement[] = plan.statements.map(({ sql, args }) => ({ sql, args }));
  return { statements: [...before, ...ddl, ...metadataRows(plan.diff, now)], ddlOffset: before.length };
}

/** Names the statement of the plan, and the change, that an error of the database stands for. */
function explain(error: unknown, plan: MigrationPlan, ddlOffset: number): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { statementIndex, ...details } = error.details;
  const statement =
    typeof statementIndex === 'number' ? plan.statements[statementIndex - ddlOffset] : undefined;
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
  const current = await introspect(driver);
  throwIfAborted(options.signal);
  const earlier = alreadyApplied(current, plan, startedAt);
  if (earlier) return earlier;
  if (current.schemaHash !== plan.baseSchemaHash) throw stale(plan, current);
  assertMadeFor(plan, current);

  const deploymentId = options.deploymentId ?? uuidv7();
  const { statements, ddlOffset } = statementsOf(plan, current, deploymentId);
  try {
    await driver.executeAtomic(statements, { ...(options.signal && { signal: options.signal }) });
  } catch (error) {
    const after = await introspect(driver).catch(() => current);
    const applied = alreadyApplied(after, plan, startedAt);
    if (applied) return applied;
    throw isStoppedByGuard(error) ? stale(plan, after) : explain(error, plan, ddlOffset);
  }
  await driver.refresh();
  await verify(driver, plan, deploymentId);
  const statementsExecuted = plan.statements.length;
  return { outcome: 'applied', deploymentId, statementsExecuted, durationMs: performance.now() - startedAt };
}
