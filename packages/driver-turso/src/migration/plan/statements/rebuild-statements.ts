import type { PlannedSql, RetainedTable } from '@objectstack/spec/system';
import { createIndexSql } from '../../../schema/ddl.js';
import { type Draft, plain } from '../draft/draft.js';
import { foreignKeysAreOff } from '../draft/guard.js';
import type { TablePlan } from '../table/table-plan.js';
import { rebuildTable } from './rebuild-table.js';
import { reverseTablePlan } from './reverse-table-plan.js';

/**
 * A table made anew with everything that is on it, as a way back that anybody may run: it stops where foreign keys are
 * on, because dropping the old table would delete what refers to it.
 */
export function rebuildWithIndexes(plan: TablePlan): PlannedSql[] {
  const { name, indexes } = plan.after;
  return [
    plain(foreignKeysAreOff().sql),
    ...rebuildTable(plan),
    ...indexes.map((index) => plain(createIndexSql(name, index))),
  ];
}

/** Only the last statement can be undone on its own; it takes the others along. */
export function rebuildStatements(
  plan: TablePlan,
  retained: readonly RetainedTable[],
  changeId: string,
): Draft[] {
  const statements = rebuildTable(plan);
  const risks = new Set(plan.fields.map((change) => change.risk));
  const risk =
    (['weakens_integrity', 'unproven_rename', 'may_fail'] as const).find((grave) => risks.has(grave)) ??
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
      explanation: `Makes the table of ${plan.after.name} anew with all its records (${place}).`,
      rollback: index === statements.length - 1 ? back : [],
    };
  });
}
