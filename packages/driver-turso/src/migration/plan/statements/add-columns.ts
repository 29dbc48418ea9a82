import type { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { foreignKeyOn } from '../../../schema/column-named.js';
import { columnSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { fillerName } from '../../diff/conversions/filler.js';
import { type Draft, plain } from '../draft/draft.js';
import { changeTo, type TablePlan } from '../table/table-plan.js';
import { columnValue, rowInPlace } from '../values/column-value.js';

export function addColumns(plan: TablePlan, { supportsDropColumn }: SQLiteAlterTableLimitations): Draft[] {
  const { after, added, isRebuilt } = plan;
  if (isRebuilt) return [];
  const table = quote(after.name);
  return added.flatMap((column): Draft[] => {
    const change = changeTo(plan, column.name);
    const value = columnValue(plan, column.name, rowInPlace(table));
    const isRetained = plan.retained?.columns.includes(column.name) === true;
    const isEmpty = isRetained || value === 'NULL';
    const add: Draft = {
      kind: 'add_column',
      changeId: change?.id ?? '',
      sql: `ALTER TABLE ${table} ADD COLUMN ${columnSql(column, foreignKeyOn(after, column.name))}`,
      risk: change?.risk ?? 'safe',
      explanation: `Adds ${column.name} to ${after.name}${isEmpty ? '; it is empty in existing records' : ''}.`,
      rollback: supportsDropColumn
        ? [plain(`ALTER TABLE ${table} DROP COLUMN ${quote(column.name)}`)]
        : undefined,
    };
    if (isRetained) return [add, restoreValues(plan, column.name)];
    return isEmpty ? [add] : [add, fillColumn(plan, column.name, value)];
  });
}

function fillColumn(plan: TablePlan, name: string, value: string): Draft {
  const table = quote(plan.after.name);
  const change = changeTo(plan, name);
  return {
    kind: 'convert_column',
    changeId: change?.id ?? '',
    sql: `UPDATE ${table} SET ${quote(name)} = ${value}`,
    risk: change?.risk ?? 'safe',
    explanation: `Writes the ${change?.after ? fillerName(change.after) : 'default'} of ${name} into the existing records of ${plan.after.name}.`,
    rollback: [],
  };
}

function restoreValues(plan: TablePlan, name: string): Draft {
  const table = quote(plan.after.name);
  return {
    kind: 'restore_values',
    changeId: changeTo(plan, name)?.id ?? '',
    sql: `UPDATE ${table} SET ${quote(name)} = ${columnValue(plan, name, rowInPlace(table))}`,
    risk: 'safe',
    explanation: `Restores the values of ${name} of ${plan.after.name}.`,
    rollback: [],
  };
}
