import type { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import type { DeployDiff, IndexChange } from '@objectstack/spec/system';
import { columnSql, createIndexSql, createTableSql } from '../schema/ddl.js';
import { quote } from '../schema/identifier.js';
import { tableOf } from '../schema/object-table.js';
import { conversionOf } from './convert-value.js';
import { type Draft, plain } from './draft.js';
import { rebuildTable } from './rebuild-table.js';
import { renameSteps, TEMPORARY } from './rename-steps.js';
import { renamedObjects } from './renamed-columns.js';
import { foreignKeyOn, type TablePlan } from './table-plan.js';

const SAFE = { risk: 'safe' } as const;
const temporary = (index: number) => `${TEMPORARY}${index}`;

/** Stops the plan where a value would be lost. */
export function assertConvertible({ before, columns, conversions, fields }: TablePlan): Draft[] {
  const formerNames = new Map([...columns].map(([from, to]) => [to, from]));
  return [...conversions].flatMap(([name, { fits }]): Draft[] => {
    const column = quote(formerNames.get(name) ?? name);
    const change = fields.find(({ field }) => field === name);
    if (!fits || !change) return [];
    const misfit = `SELECT 1 FROM ${quote(before.name)} WHERE ${column} IS NOT NULL AND NOT (${fits(column)})`;
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
export function convertColumns({ after, conversions, fields, isRebuilt }: TablePlan): Draft[] {
  if (isRebuilt) return [];
  return [...conversions].flatMap(([name, { value, fits }]): Draft[] => {
    const column = quote(name);
    const change = fields.find(({ field }) => field === name);
    if (!change?.before || !change.after || value(column) === column) return [];
    const update = (sql: string) =>
      `UPDATE ${quote(after.name)} SET ${column} = ${sql} WHERE ${column} IS NOT NULL`;
    const back = fits ? null : conversionOf(change.after, change.before);
    return [
      {
        kind: 'convert_column',
        changeId: change.id,
        sql: update(value(column)),
        risk: change.risk,
        explanation: `Writes the values of ${name} of ${after.name} as ${change.after.type}.`,
        rollback: back ? [plain(update(back.value(column)))] : undefined,
      },
    ];
  });
}

/** The way back, where every value can take it. */
function rebuildBack({ base, after, conversions, fields }: TablePlan): Draft['rollback'] {
  if ([...conversions.values()].some(({ fits }) => fits)) return undefined;
  const back = new Map(
    fields.flatMap(({ field, before, after: is }) => {
      const conversion = before && is && conversions.has(field) ? conversionOf(is, before) : null;
      return conversion ? [[field, conversion] as const] : [];
    }),
  );
  const indexes = base.indexes.map((index) => plain(createIndexSql(base.name, index)));
  return [...rebuildTable({ base: after, after: base, conversions: back, fields: [] }), ...indexes];
}

/** Only the last statement can be undone on its own; it takes the others along. */
export function rebuild(plan: TablePlan, changeId: string): Draft[] {
  const statements = rebuildTable(plan);
  const risk = plan.fields.some((change) => change.risk === 'may_fail') ? 'may_fail' : 'safe';
  const back = rebuildBack(plan);
  return statements.map(({ sql, args }, index): Draft => {
    const place = `${index + 1} of ${statements.length}`;
    return {
      kind: 'rebuild_table',
      changeId,
      sql,
      args,
      risk,
      explanation: `Makes the table of ${plan.after.name} anew with all its records (${place}).`,
      rollback: back && index === statements.length - 1 ? back : back && [],
    };
  });
}

export function addColumns(
  { after, added, fields, isRebuilt }: TablePlan,
  { supportsDropColumn }: SQLiteAlterTableLimitations,
): Draft[] {
  if (isRebuilt) return [];
  const table = quote(after.name);
  return added.map((column): Draft => {
    const change = fields.find(({ field }) => field === column.name);
    return {
      kind: 'add_column',
      changeId: change?.id ?? '',
      sql: `ALTER TABLE ${table} ADD COLUMN ${columnSql(column, foreignKeyOn(after, column.name))}`,
      risk: change?.risk ?? 'safe',
      explanation: `Adds ${column.name} to ${after.name}; it is empty in records that exist.`,
      rollback: supportsDropColumn
        ? [plain(`ALTER TABLE ${table} DROP COLUMN ${quote(column.name)}`)]
        : undefined,
    };
  });
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

export function createTables(diff: DeployDiff): Draft[] {
  const known = new Set(diff.knownObjects);
  return diff.objects.flatMap(({ change, id: changeId, after }): Draft[] => {
    if (change !== 'added' || !after) return [];
    const table = tableOf(after, known);
    const create: Draft = {
      kind: 'create_table',
      changeId,
      sql: createTableSql(table),
      ...SAFE,
      explanation: `Creates the table of ${after.name}.`,
      rollback: [plain(`DROP TABLE ${quote(table.name)}`)],
    };
    return [create, ...table.indexes.map((index) => createIndex(table.name, index, { changeId }))];
  });
}
