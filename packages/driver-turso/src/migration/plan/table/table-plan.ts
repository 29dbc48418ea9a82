import { type Field, SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import type { DeployDiff, FieldChange, Table, TableChange, TableColumn } from '@objectstack/spec/system';
import { isSameJson } from '../../../schema/hash.js';
import { quote } from '../../../schema/identifier.js';
import { once } from '../../../schema/shared.js';
import { columnNamed, foreignKeyOn } from '../../../schema/table.js';
import { type Conversion, conversionOf } from '../../diff/conversions/conversion-of.js';
import { type Filler, fillOf, firstValueOf } from '../../diff/conversions/filler.js';
import { type Names, renameTable } from '../../diff/renames/rename-table.js';
import { movedObjects, removedColumns, renamedColumns } from '../../diff/renames/renamed-columns.js';

/** Most columns that are dropped, or added and filled, one by one: each time all records are written. */
const MAX_SEPARATE_WRITES = 20;

/** Where values are that were kept aside, as SQL, and the columns that it has besides the ids. */
export interface RetainedValues {
  readonly from: string;
  readonly columns: readonly string[];
  /** Whether what they refer to may be gone by now. */
  readonly mayDangle: boolean;
}

/** What has to happen to one table, in terms of its new names. */
export interface TablePlan {
  /** As it is now, under its old names. */
  readonly before: Table;
  /** As it is once everything has its new name, without the columns and indexes that go. */
  readonly base: Table;
  readonly after: Table;
  /** New names of its columns by their old ones. */
  readonly columns: Names;
  readonly fields: readonly FieldChange[];
  /** By the new name of the column. */
  readonly conversions: ReadonlyMap<string, Conversion>;
  /** What records without a value get, because the field requires one from now on; by the new name of the column. */
  readonly fillers: ReadonlyMap<string, Filler>;
  /**
   * Columns in which a way back empties records that were filled, or fills those again that another way back emptied.
   */
  readonly refilled: ReadonlySet<string>;
  readonly added: readonly TableColumn[];
  /** Columns that go, under their old names. */
  readonly removed: readonly TableColumn[];
  /** Values that a way back puts in their place again. */
  readonly retained: RetainedValues | null;
  readonly isRebuilt: boolean;
  /** Whether the table is made anew once for all columns that go, before anything else happens to it. */
  readonly dropsAtOnce: boolean;
}

/** The change that leads to a field; another one may be about a field of that name that goes. */
export const changeTo = ({ fields }: Pick<TablePlan, 'fields'>, name: string) =>
  fields.find(({ field, after }) => field === name && after);

/** Whether records without a value are filled, or all of them where the column is new. */
export function isFilled(plan: TablePlan, name: string): boolean {
  if (columnNamed(plan.base, name)) return plan.fillers.has(name);
  return !plan.retained?.columns.includes(name) && firstValueOf(changeTo(plan, name)?.after) !== 'NULL';
}

/** The target of a foreign key whose values nothing has checked: the key is new, or the column is filled. */
export function newTarget(plan: TablePlan, field: string): string | undefined {
  const { base, after } = plan;
  const key = foreignKeyOn(after, field);
  if (isFilled(plan, field)) return key?.table;
  if (!columnNamed(base, field) || foreignKeyOn(base, field)?.table === key?.table) return undefined;
  return key?.table;
}

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

/** Values stay as they are, except where there is none. */
export const UNCONVERTED: Conversion = { value: (column) => column };

/** Columns that are filled, by the way from `before` to `after` that `order` gives. */
export function fillersOf(
  fields: readonly FieldChange[],
  order: (change: { before: Field; after: Field }) => readonly [before: Field, after: Field],
): Map<string, Filler> {
  const fillers = new Map<string, Filler>();
  for (const { field, before, after } of fields) {
    const filler = before && after && fillOf(...order({ before, after }));
    if (filler && filler.value !== 'NULL') fillers.set(field, filler);
  }
  return fillers;
}

/**
 * Conversions of changed fields; those that are filled or restored have one even where their values stay as they are.
 */
function conversionsOf(
  fields: readonly FieldChange[],
  written: ReadonlySet<string>,
): Map<string, Conversion> {
  const conversions = new Map<string, Conversion>();
  for (const { field, before, after } of fields) {
    if (!before || !after || !storageOf(before).column || !storageOf(after).column) continue;
    const conversion = conversionOf(before, after) ?? (written.has(field) ? UNCONVERTED : null);
    if (conversion) conversions.set(field, conversion);
  }
  return conversions;
}

/** Columns that a deployment fills, of which this is the way back or the way back of that. */
function refilledBy({ restores }: DeployDiff, fields: readonly FieldChange[]): Set<string> {
  if (!restores) return new Set();
  const forth = fillersOf(fields, ({ before, after }) => [before, after]);
  const back = fillersOf(fields, ({ before, after }) => [after, before]);
  return new Set([...forth.keys(), ...back.keys()]);
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
  const gone = removedColumns(fields);
  const dropped = new Set(
    diff.indexes.flatMap((change) =>
      change.object === after.name && change.before ? [change.before.name] : [],
    ),
  );
  const isGone = ({ name }: { name: string }) => gone.has(name);
  const left: Table = {
    ...before,
    columns: before.columns.filter((column) => !isGone(column)),
    foreignKeys: before.foreignKeys.filter((key) => !key.columns.some((name) => gone.has(name))),
    indexes: before.indexes.filter(({ name }) => !dropped.has(name)),
  };
  const base = renameTable(left, objects, columns);
  const added = after.columns.filter(({ name }) => !columnNamed(base, name));
  const removed = before.columns.filter(isGone);
  const aside = diff.restores?.tables.find(({ object, whole }) => object === after.name && !whole);
  const retained = aside ? { from: quote(aside.name), columns: aside.columns, mayDangle: true } : null;
  const fillers: TablePlan['fillers'] = diff.restores
    ? new Map()
    : fillersOf(fields, (change) => [change.before, change.after]);
  const refilled = refilledBy(diff, fields);
  const conversions = conversionsOf(fields, new Set([...fillers.keys(), ...(retained?.columns ?? [])]));
  const hasFirstValue = ({ name }: TableColumn) =>
    retained?.columns.includes(name) || firstValueOf(changeTo({ fields }, name)?.after) !== 'NULL';
  const isWritten = conversions.size > 0 || added.some(hasFirstValue);
  const isRebuilt =
    (removed.length > 0 && !alterTable.supportsDropColumn) ||
    after.columns.some((column) => isAltered(base, after, column)) ||
    added.some((column) => !canBeAdded(after, column, alterTable)) ||
    added.filter(hasFirstValue).length > MAX_SEPARATE_WRITES ||
    (before.triggers.length > 0 && isWritten);
  // DROP COLUMN refuses a column that an unmanaged view, trigger or index mentions; a table rebuild does not.
  const dropsAtOnce = removed.length > MAX_SEPARATE_WRITES && diff.drift.length === 0;
  return {
    ...{ before, base, after, columns, fields, conversions, fillers, refilled, added, removed, retained },
    ...{ isRebuilt, dropsAtOnce },
  };
}

function planAll(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): TablePlan[] {
  const objects = movedObjects(diff);
  return diff.tables.map((change) => planTable(change, { diff, alterTable, objects }));
}

const planForSqlite = once((diff: DeployDiff) => planAll(diff, SQLiteAlterTableLimitations));

/**
 * What has to happen to the tables that stay. A table is rebuilt only where nothing smaller does, or where writing
 * values would set off triggers that somebody made by hand.
 */
export function planTables(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): readonly TablePlan[] {
  return alterTable === SQLiteAlterTableLimitations ? planForSqlite(diff) : planAll(diff, alterTable);
}
