import { name, type Sql, sql } from '../connection/sql.js';
import type { Column } from '../schema/object-table.js';
import type { Values } from './autonumbers.js';

/** A placeholder for the value that a column gets. */
export function bound({ name: field, column }: Column, values: Values): Sql {
  const value = values[field] ?? null;
  return sql`${value === null ? null : column.toColumn(value)}`;
}

/** Assignments of the given values. */
export const assignments = (columns: readonly Column[], values: Values): Sql[] =>
  columns
    .filter((column) => values[column.name] !== undefined)
    .map((column) => sql`${name(column.name)} = ${bound(column, values)}`);
