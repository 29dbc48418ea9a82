import type { Table } from '@objectstack/spec/system';
import type { TableFindings } from './table-findings.js';

/** Columns that every object has and no field can have the name of. */
export const SYSTEM_COLUMN_NAMES: readonly string[] = ['id', 'created_at', 'updated_at'];

/** Reports how the key and the timestamps of a table differ from those of every object. */
export function reportSystemColumns(table: Table, findings: TableFindings): void {
  for (const name of SYSTEM_COLUMN_NAMES) {
    const column = table.columns.find((one) => one.name === name);
    if (!column) findings.add('system_column', `Every object has the column ${name}; the table has none.`);
    else if (column.type !== 'TEXT' || !column.notNull)
      findings.add(
        'system_column',
        `The column is ${column.type}; that of an object is TEXT NOT NULL.`,
        name,
      );
  }
  const keys = table.columns.filter(({ primaryKey }) => primaryKey > 0).map(({ name }) => name);
  if (keys.length === 1 && keys[0] === 'id') return;
  const shown = keys.length === 0 ? 'The table has no primary key' : `The primary key is ${keys.join(', ')}`;
  findings.add('primary_key', `${shown}; that of an object is id.`);
}
