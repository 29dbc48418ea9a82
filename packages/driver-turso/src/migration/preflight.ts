import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan, PreflightCheck, TableIndex } from '@objectstack/spec/system';
import { quote } from '../schema/identifier.js';

/** Counts the records that share values which are to become unique. */
export function duplicatesCheck(changeId: string, object: string, index: TableIndex): PreflightCheck {
  const columns = index.columns.map(({ name }) => quote(name ?? ''));
  const groups = index.columns.map(({ name, collation }) => `${quote(name ?? '')} COLLATE ${collation}`);
  const filled = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const duplicates = `SELECT count(*) AS n FROM ${quote(object)} WHERE ${filled} GROUP BY ${groups.join(', ')} HAVING count(*) > 1`;
  return {
    id: `duplicates:${index.name}`,
    changeId,
    sql: `SELECT coalesce(sum(n), 0) AS "rows" FROM (${duplicates})`,
    args: [],
    explanation: `Records of ${object} that share ${index.columns.map(({ name }) => name).join(', ')}.`,
  };
}

/** See {@link ISchemaDiffService.runPreflight}. */
export async function runPreflight(
  driver: IDataDriver,
  plan: MigrationPlan,
): Promise<{ checkId: string; rows: number }[]> {
  if (plan.preflight.length === 0) return [];
  const results = await driver.executeAtomic(plan.preflight, { mode: 'read' });
  return plan.preflight.map(({ id }, index) => ({
    checkId: id,
    rows: Number(results[index]?.rows[0]?.rows ?? 0),
  }));
}
