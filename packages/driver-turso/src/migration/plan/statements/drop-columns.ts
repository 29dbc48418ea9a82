import { type SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import type { PlannedSql, RetainedTable } from '@objectstack/spec/system';
import { createIndexSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { type Draft, plain } from '../draft/draft.js';
import type { TablePlan } from '../table/table-plan.js';
import { rebuildWithIndexes } from './rebuild-statements.js';
import { rebuildTable } from './rebuild-table.js';
import { reverseRemovedColumns } from './reverse-table-plan.js';

/** Rebuilds the table without the removed columns, under its old names. */
function rebuildWithout({ back, dropped }: { back: TablePlan; dropped: ReadonlySet<string> }): PlannedSql[] {
  const foreignKeys = back.after.foreignKeys.filter(
    ({ columns }) => !columns.some((name) => dropped.has(name)),
  );
  const after = { ...back.base, foreignKeys };
  return [
    ...rebuildTable({ ...back, base: after, after, retained: null }),
    ...after.indexes.map((index) => plain(createIndexSql(after.name, index))),
  ];
}

/** Drops columns before their names are reused. The rollback of the last statement restores all of them. */
export function dropColumns(
  plan: TablePlan,
  retained: readonly RetainedTable[],
  { supportsDropColumn }: SQLiteAlterTableLimitations,
): Draft[] {
  const { before, removed, fields } = plan;
  if (!supportsDropColumn || removed.length === 0) return [];
  const reversePlan = reverseRemovedColumns(plan, retained);
  const back = rebuildWithIndexes(reversePlan);
  const changeOf = (column: string) =>
    fields.find(
      ({ field, former = field, before: was, after: is }) =>
        former === column && was && (!is || storageOf(is).column === null),
    )?.id ?? '';
  const drafts = plan.dropsAtOnce
    ? rebuildWithout({ back: reversePlan, dropped: new Set(removed.map(({ name }) => name)) }).map(
        (statement) => ({
          ...statement,
          changeId: changeOf(removed[0]?.name ?? ''),
          explanation: `Rebuilds the table of ${before.name} without ${removed.length} columns, whose values were retained.`,
        }),
      )
    : removed.map(({ name }) => ({
        ...plain(`ALTER TABLE ${quote(before.name)} DROP COLUMN ${quote(name)}`),
        changeId: changeOf(name),
        explanation: `Drops ${name} of ${before.name} and its values, which were retained.`,
      }));
  return drafts.map(
    (draft, index): Draft => ({
      ...draft,
      kind: plan.dropsAtOnce ? 'rebuild_table' : 'drop_column',
      risk: 'loses_data',
      rollback: index === drafts.length - 1 ? back : [],
    }),
  );
}
