import type { Table } from '@objectstack/spec/system';
import type { TableFindings } from './table-findings.js';

/** Columns that every object has and no field can have the name of. */
export const SYSTEM_COLUMN_NAMES: readonly string[] = ['id', 'created_at', 'updated_at'];

/** Reports how the key and the timestamps of a table differ from those of every object. */
export function reportSystemColumns(table: Table, hasIntegerId: boolean, findings: TableFindings): void {
  const columnOf = (name: string) => table.columns.find((one) => one.name === name);
  const missing = ['created_at', 'updated_at'].filter((name) => columnOf(name) === undefined);
  if (missing.length > 0)
    findings.add(
      'system_column',
      `Every object has the timestamps created_at and updated_at; the table has no ${missing.join(' and no ')}.`,
    );
  for (const name of SYSTEM_COLUMN_NAMES) {
    const column = columnOf(name);
    if (!column) continue;
    if (name === 'id' && !hasIntegerId && !/CHAR|CLOB|TEXT|^$/.test(column.type))
      findings.add(
        'system_column',
        `The column is ${column.type}; ids are text, or integers in an INTEGER PRIMARY KEY without DESC, in a table with row ids.`,
        name,
      );
    else if (name !== 'id' && column.type !== 'TEXT')
      findings.add(
        'system_column',
        `The column is ${column.type}; it must contain text such as 2026-01-31T12:00:00.000Z.`,
        name,
      );
  }
  const keys = table.columns.filter(({ primaryKey }) => primaryKey > 0).map(({ name }) => name);
  if (keys.length === 1 && keys[0] === 'id') return;
  const shown = keys.length === 0 ? 'The table has no primary key' : `The primary key is ${keys.join(', ')}`;
  findings.add('primary_key', `${shown}; that of an object is id.`);
}
