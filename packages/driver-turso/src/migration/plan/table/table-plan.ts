import {
  type Field,
  type FieldEncoding,
  type ObjectDefinition,
  SQLiteAlterTableLimitations,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange, Table, TableChange, TableColumn } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../../schema/column-named.js';
import { memoizeFrozenInSteps } from '../../../schema/freeze-deeply.js';
import { isSameJson } from '../../../schema/hash-of.js';
import { mapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { type Conversion, conversionOf } from '../../diff/conversions/conversion-of.js';
import { type Filler, fillOf, hasFirstValue, NO_FILLER } from '../../diff/conversions/filler.js';
import { replacedValues, valueChangeOf } from '../../diff/conversions/value-change-of.js';
import { changesByObject } from '../../diff/renames/changes-by-object.js';
import { type Names, renameTable } from '../../diff/renames/rename-table.js';
import { movedObjects, removedColumns, renamedColumns } from '../../diff/renames/renamed-columns.js';

/** Maximum number of columns that are added and filled separately. Each one rewrites all records. */
const MAX_SEPARATE_WRITES = 20;
/** Maximum number of columns that are dropped separately. Beyond it, one table rebuild is faster, also with indexes. */
const MAX_SEPARATE_DROPS = 4;

/** SQL source of retained values, and its columns besides the ids. */
export interface RetainedValues {
  readonly from: string;
  readonly columns: readonly string[];
  /** Whether the values may refer to records that were deleted in the meantime. */
  readonly mayDangle: boolean;
}

/** Plan of the changes of one table, by its new names. */
export interface TablePlan {
  /** The current table, with its old names. */
  readonly before: Table;
  /** The table after renames, without removed columns and indexes. */
  readonly base: Table;
  readonly after: Table;
  /** New names of columns by their old names. */
  readonly columns: Names;
  readonly fields: readonly FieldChange[];
  /** Encodings of the fields after the migration, system fields included. */
  readonly encodings: ReadonlyMap<string, FieldEncoding>;
  /** Objects with integer ids after the migration. */
  readonly integerIds: ReadonlySet<string>;
  /** Conversions by the new name of the column. */
  readonly conversions: ReadonlyMap<string, Conversion>;
  /** Values for records without a value in a field that becomes required, by the new name of the column. */
  readonly fillers: ReadonlyMap<string, Filler>;
  /** Columns in which a rollback undoes what filled records or replaced values, or does it again. */
  readonly refilled: ReadonlySet<string>;
  readonly added: readonly TableColumn[];
  /** Removed columns, with their old names. */
  readonly removed: readonly TableColumn[];
  /** Values that a rollback restores. */
  readonly retained: RetainedValues | null;
  readonly isRebuilt: boolean;
  /** Whether one table rebuild drops all removed columns before all other changes. */
  readonly dropsAtOnce: boolean;
}

/** The change that adds or changes a field. A removed field may have the same name. */
export const changeTo = ({ fields }: Pick<TablePlan, 'fields'>, name: string) =>
  fields.find(({ field, after }) => field === name && after);

/** Whether the migration fills records without a value, which are all records if the column is new. */
export function isFilled(plan: TablePlan, name: string): boolean {
  if (columnNamed(plan.base, name)) return plan.fillers.has(name);
  return !plan.retained?.columns.includes(name) && hasFirstValue(changeTo(plan, name)?.after);
}

/** The target of a foreign key whose values must be checked, because the key is new or the column is filled. */
export function newTarget(plan: TablePlan, field: string): string | undefined {
  const { base, after } = plan;
  const key = foreignKeyOn(after, field);
  if (isFilled(plan, field)) return key?.table;
  if (!columnNamed(base, field) || foreignKeyOn(base, field)?.table === key?.table) return undefined;
  return key?.table;
}

/** Whether ALTER TABLE can add the column to a table with records. */
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

/** Leaves values unchanged; used for columns that are only filled or restored. */
export const UNCONVERTED: Conversion = { value: (column) => column };

/** Fillers of columns for the direction that `order` returns. */
export function fillersOf(
  fields: readonly FieldChange[],
  order: (change: { before: Field; after: Field }) => readonly [before: Field, after: Field],
): Map<string, Filler> {
  const fillers = new Map<string, Filler>();
  for (const { field, before, after } of fields) {
    const filler = before && after && fillOf(...order({ before, after }));
    if (filler && filler !== NO_FILLER) fillers.set(field, filler);
  }
  return fillers;
}

/** Conversions of changed fields. Filled and restored columns have one even if their values do not change. */
function conversionsOf(
  { restores }: DeployDiff,
  fields: readonly FieldChange[],
  written: ReadonlySet<string>,
): Map<string, Conversion> {
  const changeOf = restores ? conversionOf : valueChangeOf;
  const conversions = new Map<string, Conversion>();
  for (const { field, before, after } of fields) {
    if (!before || !after || !storageOf(before).column || !storageOf(after).column) continue;
    const conversion = changeOf(before, after) ?? (written.has(field) ? UNCONVERTED : null);
    if (conversion) conversions.set(field, conversion);
  }
  return conversions;
}

/** Columns that the deployment fills, or whose values it replaces, which this rollback or the rollback of it undoes. */
function refilledBy({ restores }: DeployDiff, fields: readonly FieldChange[]): Set<string> {
  if (!restores) return new Set();
  const forth = fillersOf(fields, ({ before, after }) => [before, after]);
  const back = fillersOf(fields, ({ before, after }) => [after, before]);
  const replaced = fields.flatMap(({ field, before, after }) =>
    before && after && (replacedValues(before, after) || replacedValues(after, before)) ? [field] : [],
  );
  return new Set([...forth.keys(), ...back.keys(), ...replaced]);
}

/**
 * Whether values of a unique index are replaced by a table. SQLite checks a unique index after each record, so an UPDATE
 * fails if a record gets the value that another one is yet to lose; a table rebuild creates the index afterwards.
 */
function permutesUnique({
  restores,
  fields,
  after,
}: Pick<DeployDiff, 'restores'> & { fields: readonly FieldChange[]; after: Table }): boolean {
  const isUnique = (name: string) =>
    after.indexes.some(
      ({ unique, columns, where }) =>
        unique && (columns.some((column) => column.name === name) || where?.includes(quote(name))),
    );
  return fields.some(
    ({ field, before: was, after: is }) =>
      was && is && isUnique(field) && (replacedValues(was, is) || (restores && replacedValues(is, was))),
  );
}

const encodingsOf = (definition: ObjectDefinition | undefined): Map<string, FieldEncoding> =>
  new Map(
    Object.entries({ ...definition?.fields, ...SYSTEM_FIELDS }).map(([name, field]) => [
      name,
      storageOf(field).encoding,
    ]),
  );

function planTable(
  { before, after }: TableChange,
  {
    diff,
    alterTable,
    objects,
    changes,
    definitions,
  }: {
    diff: DeployDiff;
    alterTable: SQLiteAlterTableLimitations;
    objects: Names;
    changes: ReadonlyMap<string, readonly FieldChange[]>;
    /** Definitions of the objects after the migration. */
    definitions: ReadonlyMap<string, ObjectDefinition>;
  },
): TablePlan {
  const fields = changes.get(after.name) ?? [];
  const columns = renamedColumns(fields);
  const removedNames = removedColumns(fields);
  const dropped = new Set(
    diff.indexes.flatMap((change) =>
      change.object === after.name && change.before ? [change.before.name] : [],
    ),
  );
  const isRemoved = ({ name }: { name: string }) => removedNames.has(name);
  const remaining: Table = {
    ...before,
    columns: before.columns.filter((column) => !isRemoved(column)),
    foreignKeys: before.foreignKeys.filter((key) => !key.columns.some((name) => removedNames.has(name))),
    indexes: before.indexes.filter(({ name }) => !dropped.has(name)),
  };
  const base = renameTable(remaining, objects, columns);
  const added = after.columns.filter(({ name }) => !columnNamed(base, name));
  const removed = before.columns.filter(isRemoved);
  const source = diff.restores?.tables.find(({ object, whole }) => object === after.name && !whole);
  const retained = source ? { from: quote(source.name), columns: source.columns, mayDangle: true } : null;
  const fillers: TablePlan['fillers'] = diff.restores
    ? new Map()
    : fillersOf(fields, (change) => [change.before, change.after]);
  const refilled = refilledBy(diff, fields);
  const conversions = conversionsOf(diff, fields, new Set([...fillers.keys(), ...(retained?.columns ?? [])]));
  const isFirstWritten = ({ name }: TableColumn) =>
    retained?.columns.includes(name) || hasFirstValue(changeTo({ fields }, name)?.after);
  const isWritten = conversions.size > 0 || added.some(isFirstWritten);
  const isRebuilt =
    permutesUnique({ restores: diff.restores, fields, after }) ||
    (removed.length > 0 && !alterTable.supportsDropColumn) ||
    after.columns.some((column) => isAltered(base, after, column)) ||
    added.some((column) => !canBeAdded(after, column, alterTable)) ||
    added.filter(isFirstWritten).length > MAX_SEPARATE_WRITES ||
    (before.triggers.length > 0 && isWritten);
  // DROP COLUMN refuses a column that an unmanaged view, trigger or index mentions; a table rebuild does not.
  const dropsAtOnce = removed.length > MAX_SEPARATE_DROPS && diff.drift.length === 0 && !before.constraints;
  return {
    ...{ before, base, after, columns, fields, conversions, fillers, refilled, added, removed, retained },
    ...{ isRebuilt, dropsAtOnce, encodings: encodingsOf(definitions.get(after.name)) },
    integerIds: new Set(diff.integerIds),
  };
}

function* planAll(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): Steps<TablePlan[]> {
  const objects = movedObjects(diff);
  const changes = changesByObject(diff.fields);
  const definitions = new Map(diff.objects.flatMap(({ after }) => (after ? [[after.name, after]] : [])));
  const context = { diff, alterTable, objects, changes, definitions };
  return yield* mapSteps(diff.tables, (change) => planTable(change, context));
}

const planForSqlite = memoizeFrozenInSteps((diff: DeployDiff) => planAll(diff, SQLiteAlterTableLimitations));

/**
 * Plans of all changed tables. A table is rebuilt only if no smaller change is sufficient, or if updating values would
 * fire unmanaged triggers.
 */
export function planTables(
  diff: DeployDiff,
  alterTable: SQLiteAlterTableLimitations,
): Steps<readonly TablePlan[]> {
  return alterTable === SQLiteAlterTableLimitations ? planForSqlite(diff) : planAll(diff, alterTable);
}
