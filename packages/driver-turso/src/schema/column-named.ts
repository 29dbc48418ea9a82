import type { Table } from '@objectstack/spec/system';

/** The single-column foreign key of a column. */
export const foreignKeyOn = ({ foreignKeys }: Table, column: string) =>
  foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);

export const columnNamed = ({ columns }: Table, name: string) =>
  columns.find((column) => column.name === name);
