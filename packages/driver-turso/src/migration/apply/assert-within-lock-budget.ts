import type { ApplyMigrationsOptions, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import { EXCEEDS_LOCK_BUDGET, type MigrationPlan } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';
import { failWhen } from '../plan/draft/guard-of.js';
import { changeTo, planTables, type TablePlan } from '../plan/table/table-plan.js';

/** Rows that a server writes to a table or an index per millisecond; a low measurement, so that estimates are high. */
const ROWS_PER_MS = 60;
/** Additional passes for converting a value between number and text: 35 µs were measured, and a pass takes 17 µs. */
const NUMBER_TEXT_PASSES = 2;
/** Rows that a server writes in the time of one single-row statement or check, for which 67 µs were measured. */
const ROWS_PER_STATEMENT = 4;

/** Number of times that a table rebuild writes each row, without those of its indexes. */
const REBUILD_PASSES = 2;

interface TableWork {
  readonly table: string;
  /** Number of times that each row is written. */
  readonly passes: number;
}

/** Whether the values of the column are converted from numbers to text or from text to numbers. */
function isNumberText(plan: TablePlan, column: string): boolean {
  const { before, after } = changeTo(plan, column) ?? {};
  if (!before || !after) return false;
  const encodings = [before, after].map((field) => storageOf(field).encoding);
  return encodings.includes('number') && encodings.includes('text');
}

/**
 * Estimated rows that a statement of the caller writes: the number of items of its longest list argument, at least one
 * statement.
 */
function rowsOf({ args = [] }: SqlStatement): number {
  const items = args.map((value) => {
    if (typeof value !== 'string' || !value.startsWith('[')) return 0;
    try {
      return (JSON.parse(value) as unknown[]).length;
    } catch {
      return 0;
    }
  });
  return Math.max(ROWS_PER_STATEMENT, ...items);
}

function workOn(plan: TablePlan, { diff }: MigrationPlan): TableWork {
  const { before, after, isRebuilt, conversions, removed } = plan;
  const indexes = diff.indexes.filter(({ object, after: index }) => object === after.name && index).length;
  const rebuild = REBUILD_PASSES + after.indexes.length;
  const drops = removed.length > 0 ? 1 + (plan.dropsAtOnce ? rebuild : removed.length) : 0;
  const writes = isRebuilt ? rebuild : indexes + conversions.size + drops;
  const slow = [...conversions.keys()].filter((column) => isNumberText(plan, column)).length;
  return { table: before.name, passes: writes + slow * NUMBER_TEXT_PASSES };
}

const workOf = async (plan: MigrationPlan): Promise<TableWork[]> => [
  ...(await runStepsInTurns(planTables(plan.diff, SQLiteAlterTableLimitations))).map((table) =>
    workOn(table, plan),
  ),
  ...plan.diff.removed.map(({ name }) => ({ table: name, passes: 1 })),
  ...(plan.diff.normalized ?? []).map(({ after: { name, indexes } }) => ({
    table: name,
    passes: REBUILD_PASSES + indexes.length,
  })),
];

/**
 * A guard that fails in the transaction if the migration would last longer than the server allows; none if that is not limited,
 * or approved. It estimates like {@link assertWithinLockBudget}, without statements before those of the plan.
 */
export async function lockBudgetGuards(
  driver: IDataDriver,
  plan: MigrationPlan,
  { allow = [] }: Pick<ApplyMigrationsOptions, 'allow'>,
): Promise<SqlStatement[]> {
  const limitMs = driver.supports.lockBudgetMs;
  if (limitMs === null || allow.includes(EXCEEDS_LOCK_BUDGET)) return [];
  const work = (await workOf(plan)).filter(({ passes }) => passes > 0);
  if (work.length === 0) return [];
  const written = work.map(({ table, passes }) => `${passes} * (SELECT count(*) FROM ${quote(table)})`);
  return [failWhen(`${written.join(' + ')} > ?`, 'OS_EXCEEDS_LOCK_BUDGET', [limitMs * ROWS_PER_MS])];
}

/**
 * Throws `exceeds_lock_budget` if the transaction would probably last longer than the server allows while other clients
 * wait. Statements that run before those of the plan are included. The estimate uses the row counts of this database.
 */
export async function assertWithinLockBudget(
  driver: IDataDriver,
  plan: MigrationPlan,
  { allow = [], first = [] }: Pick<ApplyMigrationsOptions, 'allow' | 'first'> = {},
): Promise<void> {
  const limitMs = driver.supports.lockBudgetMs;
  if (limitMs === null || allow.includes(EXCEEDS_LOCK_BUDGET)) return;
  const work = (await workOf(plan)).filter(({ passes }) => passes > 0);
  if (work.length === 0 && first.length === 0) return;
  const reads = work.map(({ table }) => ({ sql: `SELECT count(*) AS "rows" FROM ${quote(table)}` }));
  const counts = reads.length > 0 ? await driver.executeAtomic(reads, { mode: 'read' }) : [];
  const rows = counts.map((result) => Number(result.rows[0]?.rows ?? 0));
  const given = first.reduce((sum, statement) => sum + rowsOf(statement), 0);
  const written = work.reduce((sum, { passes }, index) => sum + passes * (rows[index] ?? 0), given);
  const estimatedMs = Math.ceil(written / ROWS_PER_MS);
  if (estimatedMs <= limitMs) return;
  throw new ObjectStackError({
    code: EXCEEDS_LOCK_BUDGET,
    message: `The migration would lock the database for about ${estimatedMs} ms, but its server allows a transaction ${limitMs} ms while other clients wait. Deploy the changes in smaller parts, or approve ${EXCEEDS_LOCK_BUDGET}.`,
    details: {
      estimatedMs,
      limitMs,
      tables: work.map(({ table }, index) => ({ table, rows: rows[index] ?? 0 })),
    },
  });
}
