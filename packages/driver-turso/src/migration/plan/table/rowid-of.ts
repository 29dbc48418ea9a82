import type { Table } from '@objectstack/spec/system';

const ROWID_NAMES = ['rowid', 'oid', '_rowid_'];

/** The name under which the table shows its row ids: a column of that name would hide them. */
export function rowidOf(table: Table): string {
  const names = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return ROWID_NAMES.find((name) => !names.has(name)) ?? 'rowid';
}
