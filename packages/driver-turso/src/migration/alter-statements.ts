import { type SQLiteAlterTableLimitations, storageOf } from '@objectstack/spec/data';
import type { DeployDiff, IndexChange, KeptTable, PlannedSql, Table } from '@objectstack/spec/system';
import { columnSql, createIndexSql, createTableSql } from '../schema/ddl.js';
import { quote } from '../schema/identifier.js';
import { tableOf } from '../schema/object-table.js';
import { columnFits, columnValue, type Row, refersToOne, rowOf } from './column-value.js';
import { conversionOf } from './convert-value.js';
import { type Draft, plain } from './draft.js';
import { KEPT_ROW } from './kept-tables.js';
import { rebuildTable } from './rebuild-table.js';
import { renameSteps, TEMPORARY } from './rename-steps.js';
import { nameBefore, renamedObjects } from './renamed-columns.js';
import { keptWhole, rowBefore } from './row-before.js';
import { rowidOf } from './rowid.js';
import { changeTo, foreignKeyOn, type KeptValues, newTarget, type TablePlan } from './table-plan.js';

const SAFE = { risk: 'safe' } as const;
const temporary = (index: number) => `${TEMPORARY}${index}`;

/** Stops the plan where a value would be lost. */
export function assertConvertible(diff: DeployDiff, plan: TablePlan): Draft[] {
  const { before, conversions } = plan;
  return [...conversions.keys()].flatMap((name): Draft[] => {
    const fits = columnFits(plan, name, rowBefore(diff, plan));
    const change = changeTo(plan, name);
    if (!fits || !change) return [];
    const misfit = `SELECT 1 FROM ${quote(before.name)} WHERE NOT ${fits}`;
    return [
      {
        kind: 'assert',
        changeId: change.id,
        sql: `SELECT CASE WHEN EXISTS (${misfit}) THEN json_extract('{}', 'OS_VALUE_MISFIT') END`,
        risk: change.risk,
        explanation: `Stops unless every value of ${name} can become what the field is to hold.`,
        rollback: [],
      },
    ];
  });
}

/** Those of a table that is made anew go with it, unless it loses columns first. */
export function dropIndexes(diff: DeployDiff, rebuilt: ReadonlySet<string>): Draft[] {
  const tables = new Map(diff.tables.map(({ before, after }) => [after.name, before]));
  return diff.indexes.flatMap(({ id: changeId, object, before }): Draft[] => {
    const table = tables.get(object);
    const live = table?.indexes.find(({ name }) => name === before?.name);
    if (!table || !live || rebuilt.has(object)) return [];
    const columns = live.columns.map(({ name }) => name).join(', ');
    return [
      {
        kind: 'drop_index',
        changeId,
        sql: `DROP INDEX ${quote(live.name)}`,
        ...SAFE,
        explanation: `Removes the index of ${table.name} on ${columns}.`,
        rollback: [plain(createIndexSql(table.name, live))],
      },
    ];
  });
}

export function renameTables(diff: DeployDiff): Draft[] {
  const alter = (from: string, to: string) => `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`;
  const renames = renamedObjects(diff);
  return renameSteps(renames, temporary).map(({ from, to }): Draft => {
    return {
      kind: 'rename_table',
      changeId: `rename_object:${renames.get(from) ?? to}`,
      sql: alter(from, to),
      ...SAFE,
      explanation: `Calls the table ${from} ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}

export function renameColumns({ after, columns }: TablePlan): Draft[] {
  const alter = (from: string, to: string) =>
    `ALTER TABLE ${quote(after.name)} RENAME COLUMN ${quote(from)} TO ${quote(to)}`;
  return renameSteps(columns, temporary).map(({ from, to }): Draft => {
    return {
      kind: 'rename_column',
      changeId: `rename_field:${after.name}.${columns.get(from) ?? to}`,
      sql: alter(from, to),
      ...SAFE,
      explanation: `Calls ${from} of ${after.name} ${to}.`,
      rollback: [plain(alter(to, from))],
    };
  });
}

/** Values that change where the column can stay as it is. */
export function convertColumns(plan: TablePlan, kept: readonly KeptTable[]): Draft[] {
  const { after, conversions, isRebuilt } = plan;
  if (isRebuilt) return [];
  const table = quote(after.name);
  return [...conversions.keys()].flatMap((name): Draft[] => {
    const row = rowOf(table);
    const change = changeTo(plan, name);
    const value = columnValue(plan, name, row);
    if (!change?.before || !change.after || value === row.column(name)) return [];
    const backValue = columnValue(planBack(plan, kept), name, row);
    return [
      {
        kind: 'convert_column',
        changeId: change.id,
        sql: `UPDATE ${table} SET ${quote(name)} = ${value}`,
        risk: change.risk,
        explanation: `Writes the values of ${name} of ${after.name} as ${change.after.type}.`,
        rollback: [plain(`UPDATE ${table} SET ${quote(name)} = ${backValue}`)],
      },
    ];
  });
}

/** What the plan keeps of the values that it converts, by the names that their columns have then. */
function keptOf({ before, columns, conversions }: TablePlan, kept: readonly KeptTable[]): KeptValues | null {
  const aside = kept.find(({ object, whole }) => !whole && object === before.name);
  const formers = new Map([...columns].map(([from, to]) => [to, from]));
  const lossy = [...conversions].flatMap(([name, { fits }]) => (fits ? [name] : []));
  if (!aside || lossy.length === 0) return null;
  const values = lossy.map((name) => `${quote(formers.get(name) ?? name)} AS ${quote(name)}`);
  return {
    from: `(SELECT ${['"id"', ...values].join(', ')} FROM ${quote(aside.name)})`,
    columns: lossy,
    mayDangle: false,
  };
}

/** The way back of one table, right after it has changed. */
function planBack(plan: TablePlan, kept: readonly KeptTable[]): TablePlan {
  const { base, after, conversions, fields } = plan;
  const back = new Map(
    fields.flatMap(({ field, before, after: is }) => {
      const conversion = before && is && conversions.has(field) ? conversionOf(is, before) : null;
      return conversion ? [[field, conversion] as const] : [];
    }),
  );
  const foreignKeys = base.foreignKeys.map((key) => ({ ...key, table: nameBefore(key.table) }));
  return {
    ...plan,
    base: after,
    after: { ...base, foreignKeys },
    conversions: back,
    fields: [],
    kept: keptOf(plan, kept),
  };
}

function rebuildBack(plan: TablePlan, kept: readonly KeptTable[]): PlannedSql[] {
  const { name, indexes } = plan.base;
  const back = rebuildTable(planBack(plan, kept));
  return [...back, ...indexes.map((index) => plain(createIndexSql(name, index)))];
}

/** Only the last statement can be undone on its own; it takes the others along. */
export function rebuild(plan: TablePlan, kept: readonly KeptTable[], changeId: string): Draft[] {
  const statements = rebuildTable(plan);
  const risk = plan.fields.some((change) => change.risk === 'may_fail') ? 'may_fail' : 'safe';
  const back = rebuildBack(plan, kept);
  return statements.map(({ sql, args }, index): Draft => {
    const place = `${index + 1} of ${statements.length}`;
    return {
      kind: 'rebuild_table',
      changeId,
      sql,
      args,
      risk,
      explanation: `Makes the table of ${plan.after.name} anew with all its records (${place}).`,
      rollback: index === statements.length - 1 ? back : [],
    };
  });
}

export function addColumns(plan: TablePlan, { supportsDropColumn }: SQLiteAlterTableLimitations): Draft[] {
  const { after, added, isRebuilt } = plan;
  if (isRebuilt) return [];
  const table = quote(after.name);
  return added.flatMap((column): Draft[] => {
    const change = changeTo(plan, column.name);
    const add: Draft = {
      kind: 'add_column',
      changeId: change?.id ?? '',
      sql: `ALTER TABLE ${table} ADD COLUMN ${columnSql(column, foreignKeyOn(after, column.name))}`,
      risk: change?.risk ?? 'safe',
      explanation: `Adds ${column.name} to ${after.name}; it is empty in records that exist.`,
      rollback: supportsDropColumn
        ? [plain(`ALTER TABLE ${table} DROP COLUMN ${quote(column.name)}`)]
        : undefined,
    };
    return plan.kept?.columns.includes(column.name) ? [add, restoreValues(plan, column.name)] : [add];
  });
}

function restoreValues(plan: TablePlan, name: string): Draft {
  const table = quote(plan.after.name);
  return {
    kind: 'restore_values',
    changeId: changeTo(plan, name)?.id ?? '',
    sql: `UPDATE ${table} SET ${quote(name)} = ${columnValue(plan, name, rowOf(table))}`,
    ...SAFE,
    explanation: `Brings the values of ${name} of ${plan.after.name} back.`,
    rollback: [],
  };
}

/** Drops the tables of removed objects. Foreign keys must be off. */
export function dropTables({ removed }: DeployDiff, kept: readonly KeptTable[]): Draft[] {
  return removed.map((table): Draft => {
    const aside = kept.find(({ object, whole }) => whole && object === table.name);
    const back = aside ? [plain(insertKept(table, aside))] : [];
    return {
      kind: 'drop_table',
      changeId: `remove_object:${table.name}`,
      sql: `DROP TABLE ${quote(table.name)}`,
      risk: 'loses_data',
      explanation: `Drops the table of ${table.name} and its records, which were kept aside.`,
      rollback: [
        plain(createTableSql(table)),
        ...back,
        ...table.indexes.map((index) => plain(createIndexSql(table.name, index))),
      ],
    };
  });
}

/** Drops columns before their names are given to others. Their indexes must be gone. */
export function dropColumns(
  { before, removed, fields }: TablePlan,
  kept: readonly KeptTable[],
  { supportsDropColumn }: SQLiteAlterTableLimitations,
): Draft[] {
  if (!supportsDropColumn) return [];
  const table = quote(before.name);
  const aside = kept.find(({ object, whole }) => !whole && object === before.name);
  return removed.map((column): Draft => {
    const name = quote(column.name);
    const change = fields.find(
      ({ field, former = field, before: was, after: is }) =>
        former === column.name && was && (!is || storageOf(is).column === null),
    );
    const value = aside
      ? `(SELECT _os_kept.${name} FROM ${quote(aside.name)} AS _os_kept WHERE _os_kept."id" = ${table}."id")`
      : 'NULL';
    return {
      kind: 'drop_column',
      changeId: change?.id ?? '',
      sql: `ALTER TABLE ${table} DROP COLUMN ${name}`,
      risk: 'loses_data',
      explanation: `Drops ${column.name} of ${before.name} and its values, which were kept aside.`,
      // A column that must hold a value cannot be added to records.
      rollback: column.notNull
        ? undefined
        : [
            plain(`ALTER TABLE ${table} ADD COLUMN ${columnSql(column, foreignKeyOn(before, column.name))}`),
            plain(`UPDATE ${table} SET ${name} = ${value}`),
          ],
    };
  });
}

/** The records that were kept; with `target`, without what refers to one that is gone. */
function insertKept(table: Table, kept: KeptTable, target?: Row['target']): string {
  const { name, columns } = table;
  const shared = ['id', ...kept.columns.filter((column) => columns.some((other) => other.name === column))];
  const names = shared.map(quote).join(', ');
  const values = shared.map((column) => {
    const value = `_os_kept.${quote(column)}`;
    const key = foreignKeyOn(table, column);
    return key && target ? `CASE WHEN ${refersToOne(value, target(key.table))} THEN ${value} END` : value;
  });
  const rowid = rowidOf({ columns } as Table);
  return `INSERT INTO ${quote(name)} (${rowid}, ${names}) SELECT ${quote(KEPT_ROW)}, ${values.join(', ')} FROM ${quote(kept.name)} AS _os_kept`;
}

export function createIndex(
  object: string,
  index: NonNullable<IndexChange['after']>,
  { changeId, risk = 'safe' }: { changeId: string; risk?: Draft['risk'] },
): Draft {
  const columns = index.columns.map(({ name }) => name ?? 'an expression').join(', ');
  return {
    kind: 'create_index',
    changeId,
    sql: createIndexSql(object, index),
    risk,
    explanation: `Indexes ${columns} of ${object}${index.unique ? ' and keeps their values unique' : ''}.`,
    rollback: [plain(`DROP INDEX ${quote(index.name)}`)],
  };
}

/** Records come back when all tables are there: with foreign keys on, none can be written while a target is missing. */
export function createTables(diff: DeployDiff): Draft[] {
  const known = new Set(diff.knownObjects);
  const target = (table: string) => quote(keptWhole(diff, table)?.name ?? table);
  const added = diff.objects.flatMap(({ change, id: changeId, after }) => {
    if (change !== 'added' || !after) return [];
    const table = tableOf(after, known);
    const indexes = table.indexes.map((index) => createIndex(table.name, index, { changeId }));
    return [{ changeId, table, kept: keptWhole(diff, after.name), indexes }];
  });
  const creates = added.flatMap(({ changeId, table, kept, indexes }): Draft[] => {
    const create: Draft = {
      kind: 'create_table',
      changeId,
      sql: createTableSql(table),
      ...SAFE,
      explanation: `Creates the table of ${table.name}.`,
      rollback: [plain(`DROP TABLE ${quote(table.name)}`)],
    };
    return kept ? [create] : [create, ...indexes];
  });
  const restores = added.flatMap(({ changeId, table, kept, indexes }): Draft[] => {
    if (!kept) return [];
    const explanation = `Brings the records of ${table.name} back.`;
    const sql = insertKept(table, kept, target);
    return [{ kind: 'restore_records', changeId, sql, ...SAFE, explanation, rollback: [] }, ...indexes];
  });
  return [...creates, ...restores];
}

/** Stops the plan where a foreign key that is new would refer to nothing; the database does not ask while keys are off. */
export function checkReferences(plan: TablePlan): Draft[] {
  const { after, isRebuilt, fields } = plan;
  if (!isRebuilt) return [];
  const table = quote(after.name);
  return fields.flatMap(({ field, id: changeId, risk }): Draft[] => {
    const target = newTarget(plan, field);
    if (!target) return [];
    const value = `${table}.${quote(field)}`;
    const orphan = `SELECT 1 FROM ${table} WHERE ${value} IS NOT NULL AND NOT ${refersToOne(value, quote(target))}`;
    return [
      {
        kind: 'check_references',
        changeId,
        sql: `SELECT CASE WHEN EXISTS (${orphan}) THEN json_extract('{}', 'OS_FOREIGN_KEY_BROKEN') END`,
        risk,
        explanation: `Stops unless every ${field} of ${after.name} refers to a record of ${target}.`,
        rollback: [],
      },
    ];
  });
}
