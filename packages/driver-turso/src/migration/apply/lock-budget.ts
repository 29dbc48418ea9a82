import type { IDataDriver } from '@objectstack/spec/contracts';
import { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { EXCEEDS_LOCK_BUDGET, type MigrationPlan } from '@objectstack/spec/system';
import { quote } from '../../schema/identifier.js';
import { planTables, type TablePlan } from '../plan/table/table-plan.js';

/** Rows that a server writes in a millisecond, into a table or an index: measured low, so that estimates are high. */
const ROWS_PER_MS = 60;

interface TableWork {
  readonly table: string;
  /** How often each of its rows is written. */
  readonly passes: number;
}

function workOn(plan: TablePlan, { diff }: MigrationPlan): TableWork {
  const { before, after, isRebuilt, conversions, removed } = plan;
  const indexes = diff.indexes.filter(({ object, after: made }) => object === after.name && made).length;
  const rebuild = 2 + after.indexes.length;
  const drops = removed.length > 0 ? 1 + (plan.dropsAtOnce ? rebuild : removed.length) : 0;
  const passes = isRebuilt ? rebuild : indexes + conversions.size + drops;
  return { table: before.name, passes };
}

const workOf = (plan: MigrationPlan): TableWork[] => [
  ...planTables(plan.diff, SQLiteAlterTableLimitations).map((table) => workOn(table, plan)),
  ...plan.diff.removed.map(({ name }) => ({ table: name, passes: 1 })),
];

/**
 * Throws `exceeds_lock_budget` where the transaction would probably last longer than the server gives it while others
 * wait. A plan over tables of many tenants is estimated for each of them, from the rows that are there.
 */
export async function assertWithinLockBudget(
  driver: IDataDriver,
  plan: MigrationPlan,
  allow: readonly string[] = [],
): Promise<void> {
  const limitMs = driver.supports.lockBudgetMs;
  if (limitMs === null || allow.includes(EXCEEDS_LOCK_BUDGET)) return;
  const work = workOf(plan).filter(({ passes }) => passes > 0);
  if (work.length === 0) return;
  const counts = await driver.executeAtomic(
    work.map(({ table }) => ({ sql: `SELECT count(*) AS "rows" FROM ${quote(table)}` })),
    { mode: 'read' },
  );
  const rows = counts.map((result) => Number(result.rows[0]?.rows ?? 0));
  const written = work.reduce((sum, { passes }, index) => sum + passes * (rows[index] ?? 0), 0);
  const estimatedMs = Math.ceil(written / ROWS_PER_MS);
  if (estimatedMs <= limitMs) return;
  throw new ObjectStackError({
    code: EXCEEDS_LOCK_BUDGET,
    message: `The migration would hold the database for about ${estimatedMs} ms, and its server gives a transaction ${limitMs} ms while others wait.`,
    details: {
      estimatedMs,
      limitMs,
      tables: work.map(({ table }, index) => ({ table, rows: rows[index] ?? 0 })),
    },
  });
}
