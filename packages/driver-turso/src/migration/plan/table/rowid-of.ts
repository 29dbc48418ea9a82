import type { Table } from '@objectstack/spec/system';

const ROWID_NAMES = ['rowid', 'oid', '_rowid_'];

/** An alias of the row id that no column of the table hides. */
export function rowidOf(table: Table): string {
  const names = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return ROWID_NAMES.find((name) => !names.has(name)) ?? 'rowid';
}
