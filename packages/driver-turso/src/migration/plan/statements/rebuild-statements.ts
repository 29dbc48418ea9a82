import type { PlannedSql, RetainedTable } from '@objectstack/spec/system';
import { createIndexSql } from '../../../schema/create-table-sql.js';
import { type Draft, plain } from '../draft/draft.js';
import { foreignKeysAreOff } from '../draft/guard-of.js';
import type { TablePlan } from '../table/table-plan.js';
import { rebuildTable } from './rebuild-table.js';
import { reverseTablePlan } from './reverse-table-plan.js';

/**
 * Table rebuild with indexes, for the rollback of a statement, which users may run themselves: it fails if foreign keys
 * are enabled, because dropping the old table would delete referring records.
 */
export function rebuildWithIndexes(plan: TablePlan): PlannedSql[] {
  const { name, indexes } = plan.after;
  return [
    plain(foreignKeysAreOff().sql),
    ...rebuildTable(plan),
    ...indexes.map((index) => plain(createIndexSql(name, index))),
  ];
}

/** Statements of a table rebuild. The rollback of the last statement undoes all of them. */
export function rebuildStatements(
  plan: TablePlan,
  retained: readonly RetainedTable[],
  changeId: string,
): Draft[] {
  const statements = rebuildTable(plan);
  const risks = new Set(plan.fields.map((change) => change.risk));
  const risk =
    (['weakens_integrity', 'unproven_rename', 'may_fail'] as const).find((highest) => risks.has(highest)) ??
    'safe';
  const back = rebuildWithIndexes(reverseTablePlan(plan, retained));
  return statements.map(({ sql, args }, index): Draft => {
    const place = `${index + 1} of ${statements.length}`;
    return {
      kind: 'rebuild_table',
      changeId,
      sql,
      args,
      risk,
      explanation: `Rebuilds the table of ${plan.after.name} with all its records (${place}).`,
      rollback: index === statements.length - 1 ? back : [],
    };
  });
}
