import type { Table } from '@objectstack/spec/system';
import { memoizeFrozen } from './freeze-deeply.js';
import { sha256 } from './sha256.js';

/** Arrays instead of objects: their order is fixed here, so no keys need to be sorted. */
function tableContent(table: Table): unknown {
  const { name, columns, foreignKeys, indexes, triggers, sql, constraints, strict } = table;
  return [
    name,
    columns.map((column) => [
      column.name,
      column.type,
      column.notNull,
      column.defaultValue,
      column.primaryKey,
      column.generated,
      column.definition,
    ]),
    foreignKeys.map((key) => [key.columns, key.table, key.references, key.onDelete, key.onUpdate]),
    indexes.map((index) => [
      index.name,
      index.unique,
      index.columns.map((column) => [column.name, column.collation, column.descending]),
      index.where,
      index.sql,
    ]),
    triggers.map((trigger) => [trigger.name, trigger.sql]),
    sql,
    ...(constraints ? [constraints] : []),
    ...(strict ? ['strict'] : []),
  ];
}

/** The whole table as canonical text: equal tables have equal texts. */
const tableText = memoizeFrozen((table: Table) => JSON.stringify(tableContent(table)));

/** SHA-256 over the text of a table. */
export const tableHash = memoizeFrozen((table: Table) => sha256(tableText(table)));

export function isSameTable(a: Table, b: Table): boolean {
  return a === b || tableText(a) === tableText(b);
}
