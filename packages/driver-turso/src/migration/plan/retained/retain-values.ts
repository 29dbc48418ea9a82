import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, RetainedTable, Table } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { sha256 } from '../../../schema/sha256.js';
import { AUTOINCREMENT_KEY } from '../../../schema/table-of.js';
import { changesByObject } from '../../diff/renames/changes-by-object.js';
import { carryAssignedIds, hasAutoincrement } from '../draft/carry-assigned-ids.js';
import { type Draft, plain } from '../draft/draft.js';
import { RETAINED_CREATED_AT, RETAINED_UPDATED_AT } from '../table/is-same-record.js';
import { rowidOf } from '../table/rowid-of.js';
import type { TablePlan } from '../table/table-plan.js';

/** Column of a retained table that holds the row id. */
export const RETAINED_ROWID = '_os_row';
/** Maximum number of columns of a table or a result in SQLite. */
const MAX_COLUMNS = 2_000;
const SYSTEM = new Set(['id']);
const HAS_UNDO = `SELECT 1 FROM sqlite_schema WHERE name = '_os_undo'`;

/** The name depends only on the change and the schema, so that a plan applies to every tenant. */
function retainedTableName({ baseSchemaHash, targetSchemaHash }: DeployDiff, object: string): string {
  const name = JSON.stringify([baseSchemaHash, targetSchemaHash, object]);
  return `_os_undo_${sha256(name).slice(0, 16)}`;
}

/**
 * Columns that are removed, filled or emptied, and those whose values cannot be computed from their converted values.
 */
function retainedColumnsOf({ removed, conversions, fillers, refilled, columns }: TablePlan): string[] {
  const previousNames = new Map([...columns].map(([from, to]) => [to, from]));
  const converted = [...conversions].flatMap(([name, { fits, isReplacement }]) =>
    fits || isReplacement || fillers.has(name) || refilled.has(name) ? [previousNames.get(name) ?? name] : [],
  );
  return [...new Set([...removed.map(({ name }) => name), ...converted])].sort();
}

/** Tables in which a plan retains removed data. */
export function retainedTablesOf(diff: DeployDiff, tables: readonly TablePlan[]): RetainedTable[] {
  const whole = diff.removed.map(({ name: object, columns }): RetainedTable => {
    const names = columns.map(({ name }) => name).filter((name) => !SYSTEM.has(name));
    return { name: retainedTableName(diff, object), object, columns: names, whole: true };
  });
  const partial = tables.flatMap((plan): RetainedTable[] => {
    const [object, columns] = [plan.before.name, retainedColumnsOf(plan)];
    return columns.length === 0
      ? []
      : [{ name: retainedTableName(diff, object), object, columns, whole: false }];
  });
  return [...whole, ...partial];
}

/** For each retained table, the change because of which it is retained. */
function causesIn(diff: DeployDiff): (table: RetainedTable) => string {
  const names = new Map(diff.tables.map(({ before, after }) => [before.name, after.name]));
  const changes = changesByObject(diff.fields);
  return ({ object, whole }) => {
    if (whole) return `remove_object:${object}`;
    const after = names.get(object);
    const change = changes.get(after ?? '')?.find(({ code }) => /^DS10[23]$/.test(code));
    return change?.id ?? `change_object:${after}`;
  };
}

/** Whether row ids are retained. A table with the maximum number of columns retains only the order of its records. */
export const retainsRowIds = ({ columns, whole }: Pick<RetainedTable, 'columns' | 'whole'>) =>
  columns.length + (whole ? 2 : 4) <= MAX_COLUMNS;

/** Columns that are retained besides the id and the values. A whole object already retains its timestamps as values. */
function marksOf(table: RetainedTable, source: Table): { names: string[]; values: string[] } {
  const marks: [name: string, value: string][] = [
    ...(retainsRowIds(table) ? [[RETAINED_ROWID, rowidOf(source)] as [string, string]] : []),
    ...(table.whole
      ? []
      : ([
          [RETAINED_CREATED_AT, quote('created_at')],
          [RETAINED_UPDATED_AT, quote('updated_at')],
        ] as [string, string][])),
  ];
  return { names: marks.map(([name]) => quote(name)), values: marks.map(([, value]) => value) };
}

/** The key of a retained table has the type of the ids, so that rows of both tables are found by their ids. */
const idDefinition = (source: Table): string =>
  columnNamed(source, 'id')?.type === 'INTEGER' ? AUTOINCREMENT_KEY : 'TEXT PRIMARY KEY NOT NULL';

/**
 * Statements that copy values to retained tables. These have no foreign keys, so that referenced records can be
 * deleted, and no column types, so that values are not converted.
 */
export function retainValues(
  diff: DeployDiff,
  retained: readonly RetainedTable[],
  tables: readonly Table[],
): Steps<Draft[]> {
  const live = new Map(tables.map((table) => [table.name, table]));
  const causeOf = causesIn(diff);
  return flatMapSteps(retained, (table): Draft[] => {
    const source = live.get(table.object);
    if (!source) return [];
    const name = quote(table.name);
    const columns = ['id', ...table.columns].map(quote);
    const { names: marks, values } = marksOf(table, source);
    const facts = {
      kind: 'keep_aside',
      changeId: causeOf(table),
      risk: 'safe',
    } as const;
    const what = table.whole ? 'the records' : `${table.columns.join(', ')}`;
    const step = (sql: string, explanation: string, rollback: string[] = []): Draft => ({
      ...facts,
      sql,
      explanation,
      rollback: rollback.map(plain),
    });
    const definitions = [`"id" ${idDefinition(source)}`, ...marks, ...columns.slice(1)];
    const assigned =
      table.whole && hasAutoincrement(source) ? carryAssignedIds(table.object, table.name) : [];
    return [
      step(
        `CREATE TABLE ${name} (${definitions.join(', ')})`,
        `Creates the table that retains ${what} of ${table.object}.`,
        [`DROP TABLE ${name}`],
      ),
      step(
        `INSERT INTO ${name} (${[...marks, ...columns].join(', ')}) SELECT ${[...values, ...columns].join(', ')} FROM ${quote(table.object)} ORDER BY ${rowidOf(source)}`,
        `Retains ${what} of ${table.object}.`,
      ),
      ...assigned.map((sql) => step(sql, `Retains which ids ${table.object} assigned.`)),
    ];
  });
}

/** Name of a retained table after a later run of the same change needs its original name. */
export const earlierRetainedName = (name: string, deploymentId: string) =>
  `${name}_${sha256(deploymentId).slice(0, 8)}`;

/**
 * Statements that rename the retained tables of an earlier run of the same plan, so that the plan can use their names.
 * They remain until their own retention window expires.
 */
export async function renameEarlierRetained(
  driver: IDataDriver,
  retained: readonly RetainedTable[],
): Promise<SqlStatement[]> {
  if (retained.length === 0 || (await driver.execute(HAS_UNDO)).rows.length === 0) return [];
  const { rows } = await driver.execute(
    'SELECT id, deployment FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?))',
    [JSON.stringify(retained.map(({ name }) => name))],
  );
  return rows.flatMap(({ id, deployment }) => {
    const name = String(id);
    const earlierName = earlierRetainedName(name, String(deployment));
    return [
      { sql: `ALTER TABLE ${quote(name)} RENAME TO ${quote(earlierName)}` },
      { sql: 'UPDATE _os_undo SET id = ? WHERE id = ?', args: [earlierName, name] },
    ];
  });
}
