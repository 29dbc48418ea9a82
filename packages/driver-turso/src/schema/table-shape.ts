import type { SqlResult } from '@objectstack/spec/contracts';
import type { ReferentialAction, Table, TableIndex } from '@objectstack/spec/system';
import {
  columnDefinitions,
  conditionOf,
  constrainsTable,
  hasUnmodeledClauses,
} from './column-definitions.js';
import { freezeDeeply } from './freeze-deeply.js';
import { groupBy } from './group-by.js';
import { isSameJson } from './hash-of.js';
import { SYSTEM_COLUMNS, SYSTEM_COLUMNS_WITH_INTEGER_ID } from './table-of.js';

type Row = SqlResult['rows'][number];

/** A statement of the schema: of a table, an index or a trigger. */
export interface DdlEntry {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** What the database tells about a table. */
interface TableFacts {
  /** The table's own statement, and those of its indexes and triggers. */
  readonly ddl: readonly DdlEntry[];
  readonly columns: readonly Row[];
  readonly keys: readonly Row[];
  readonly indexes: readonly Row[];
}

const text = (value: unknown) => String(value ?? '');
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

const toColumn = (row: Row, definitions: ReadonlyMap<string, string>): Table['columns'][number] => ({
  name: text(row.name),
  type: text(row.type).toUpperCase(),
  notNull: row.notnull === 1,
  defaultValue: row.dflt_value === null ? null : text(row.dflt_value),
  primaryKey: Number(row.pk),
  generated: row.hidden === 2 || row.hidden === 3,
  definition: unmodeledDefinition(definitions.get(text(row.name))),
});

const unmodeledDefinition = (definition: string | undefined) =>
  definition !== undefined && hasUnmodeledClauses(definition) ? definition : null;

const toForeignKey = (rows: readonly Row[]): Table['foreignKeys'][number] => ({
  columns: rows.map((row) => text(row.from)),
  table: text(rows[0]?.target),
  references: rows.flatMap((row) => (row.to === null ? [] : [text(row.to)])),
  onDelete: text(rows[0]?.on_delete) as ReferentialAction,
  onUpdate: text(rows[0]?.on_update) as ReferentialAction,
});

const toIndex = (rows: readonly Row[], sql: string): TableIndex => ({
  name: text(rows[0]?.index),
  unique: rows[0]?.unique === 1,
  columns: rows.map((row) => ({
    name: row.name === null ? null : text(row.name),
    collation: text(row.coll),
    descending: row.desc === 1,
  })),
  where: rows[0]?.partial === 1 ? conditionOf(sql) : null,
  sql: rows.some(({ name }) => name === null) ? sql : null,
});

/** Whether a table has the system columns of every object and `id` as its only primary key column. */
const isPlain = (columns: Table['columns']) =>
  [SYSTEM_COLUMNS, SYSTEM_COLUMNS_WITH_INTEGER_ID].some((system) =>
    system.every((column) =>
      columns.some((other) => other.name === column.name && isSameJson(other, column)),
    ),
  ) && columns.every(({ name, primaryKey }) => primaryKey === 0 || name === 'id');

/** The table in canonical form, without its triggers. */
export function tableShape(name: string, { ddl, columns, keys, indexes }: TableFacts): Table {
  const sql = ddl.find(({ type }) => type === 'table')?.sql ?? '';
  const indexSql = new Map(
    ddl.flatMap((entry) => (entry.type === 'index' ? [[entry.name, entry.sql] as const] : [])),
  );
  const definitions = columnDefinitions(sql);
  const all = columns.map((row) => toColumn(row, definitions)).sort(byName);
  const keyRows = groupBy(keys, ({ id }) => id);
  const indexRows = groupBy(indexes, ({ index }) => index);
  return freezeDeeply({
    name,
    columns: all,
    sql: isPlain(all) && !constrainsTable(sql) ? null : sql,
    foreignKeys: [...keyRows.values()].map(toForeignKey).sort(byColumns),
    indexes: [...indexRows].map(([index, rows]) => toIndex(rows, text(indexSql.get(index)))).sort(byName),
    triggers: [],
  });
}
