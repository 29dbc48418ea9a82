import type { RetainedTable } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import { fillerName } from '../../diff/conversions/filler.js';
import { type Draft, plain } from '../draft/draft.js';
import { changeTo, type TablePlan } from '../table/table-plan.js';
import { rowInPlace, writtenValue } from '../values/column-value.js';
import { reverseTablePlan } from './reverse-table-plan.js';

/** Converted columns; those that are filled from other fields follow, because they read the new values of these. */
function inOrder({ conversions, fillers }: TablePlan): string[] {
  const isRead = (name: string) => fillers.get(name)?.from === undefined;
  const names = [...conversions.keys()];
  return [...names.filter(isRead), ...names.filter((name) => !isRead(name))];
}

/** Conversions of values in columns that are not rebuilt. */
export function convertColumns(plan: TablePlan, retained: readonly RetainedTable[]): Draft[] {
  const { after, isRebuilt } = plan;
  if (isRebuilt) return [];
  const table = quote(after.name);
  return inOrder(plan).flatMap((name): Draft[] => {
    const row = rowInPlace(table);
    const change = changeTo(plan, name);
    const value = writtenValue(plan, name, row);
    if (!change?.before || !change.after || value === row.column(name)) return [];
    const filler = plan.fillers.has(name) ? fillerName(change.after) : undefined;
    const byTable = plan.conversions.get(name)?.isReplacement
      ? ', replaced by the table of its backfill'
      : '';
    const previousValue = writtenValue(reverseTablePlan(plan, retained), name, row);
    return [
      {
        kind: 'convert_column',
        changeId: change.id,
        sql: `UPDATE ${table} SET ${quote(name)} = ${value}`,
        risk: change.risk,
        explanation: `Writes the values of ${name} of ${after.name} as ${change.after.type}${byTable}${filler ? `, and its ${filler} if there is none` : ''}.`,
        rollback: [plain(`UPDATE ${table} SET ${quote(name)} = ${previousValue}`)],
      },
    ];
  });
}
