import { type SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import type { DeployDiff, FieldChange, Table, TableChange, TableColumn } from '@objectstack/spec/system';
import { isSameJson } from '../schema/hash.js';
import { type Conversion, conversionOf } from './convert-value.js';
import { type Names, renameTable } from './rename-table.js';
import { renamedColumns, renamedObjects } from './renamed-columns.js';

/** What has to happen to one table, in terms of its new names. */
export interface TablePlan {
  /** As it is now, under its old names. */
  readonly before: Table;
  /** As it is now, under its new names. */
  readonly base: Table;
  readonly after: Table;
  /** New names of its columns by their old ones. */
  readonly columns: Names;
  readonly fields: readonly FieldChange[];
  /** By the new name of the column. */
  readonly conversions: ReadonlyMap<string, Conversion>;
  readonly added: readonly TableColumn[];
  readonly isRebuilt: boolean;
}

export const foreignKeyOn = ({ foreignKeys }: Table, column: string) =>
  foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);

export const columnNamed = ({ columns }: Table, name: string) =>
  columns.find((column) => column.name === name);

/** Whether ALTER TABLE can add the column where there are records. */
function canBeAdded(after: Table, column: TableColumn, { addColumn }: SQLiteAlterTableLimitations): boolean {
  if (column.notNull && !addColumn.notNullWithoutDefault) return false;
  return addColumn.references || !foreignKeyOn(after, column.name);
}

function isAltered(base: Table, after: Table, column: TableColumn): boolean {
  const was = columnNamed(base, column.name);
  if (!was) return false;
  const keys = [base, after].map((table) => foreignKeyOn(table, column.name) ?? null);
  return !isSameJson(was, column) || !isSameJson(keys[0], keys[1]);
}

function conversionsOf(fields: readonly FieldChange[]): Map<string, Conversion> {
  const conversions = new Map<string, Conversion>();
  for (const { field, before, after } of fields) {
    if (!before || !after || !storageOf(before).column || !storageOf(after).column) continue;
    const conversion = conversionOf(before, after);
    if (conversion) conversions.set(field, conversion);
  }
  return conversions;
}

function planTable(
  { before, after }: TableChange,
  {
    diff,
    alterTable,
    objects,
  }: { diff: DeployDiff; alterTable: SQLiteAlterTableLimitations; objects: Names },
): TablePlan {
  const fields = diff.fields.filter(({ object }) => object === after.name);
  const columns = renamedColumns(fields);
  const base = renameTable(before, objects, columns);
  const added = after.columns.filter(({ name }) => !columnNamed(base, name));
  const isRebuilt =
    after.columns.some((column) => isAltered(base, after, column)) ||
    added.some((column) => !canBeAdded(after, column, alterTable));
  return { before, base, after, columns, fields, conversions: conversionsOf(fields), added, isRebuilt };
}

/** What has to happen to the tables that stay. A table is rebuilt only where nothing smaller does. */
export function planTables(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): TablePlan[] {
  const objects = renamedObjects(diff);
  return diff.tables.map((change) => planTable(change, { diff, alterTable, objects }));
}
