import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import type { NamedSql, ReferentialAction, Table, TableIndex } from '@objectstack/spec/system';
import { foldCase } from '../sql/tokenize.js';
import {
  columnDefinitions,
  conditionOf,
  constrainsTable,
  hasUnmodeledClauses,
} from './column-definitions.js';
import { isSameJson } from './hash-of.js';
import type { PartedQuery } from './read-in-parts.js';
import { readJson } from './read-json.js';
import { share } from './share.js';
import { SYSTEM_COLUMNS } from './table-of.js';

type Row = SqlResult['rows'][number];
const MAX_CACHED_SHAPES = 2_000;
const IS_USER_TABLE = `m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_' AND substr(m.name, 1, 4) <> '_os_'`;
const WANTED = `${IS_USER_TABLE} AND m.name IN (SELECT value FROM temp.json_each(?))`;

/** The DDL of the tables. It is cheap to read, and one value is cheaper to transfer than a row for each statement. */
const HAS_DDL = `type IN ('table', 'index', 'trigger') AND sql IS NOT NULL
  AND substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 4) <> '_os_'`;
export const SCHEMA_TEXT = `SELECT json_group_array(json_array(type, name, tbl_name, sql)) AS made FROM sqlite_schema
  WHERE ${HAS_DDL}`;
const SCHEMA_TEXT_OF = `${SCHEMA_TEXT} AND tbl_name COLLATE NOCASE IN (SELECT value FROM temp.json_each(?))`;

/** The same query for a schema that is too large for one response. */
export const SCHEMA_PARTS: PartedQuery = {
  table: 'sqlite_schema',
  key: 'rowid',
  text: 'sql',
  where: HAS_DDL,
  columns: 'json_array(type, name, tbl_name, sql) AS made',
};

/** Converts the parts to the result of {@link SCHEMA_TEXT}. */
export const joinSchemaParts = ({ rows }: SqlResult): SqlResult => ({
  rows: [{ made: `[${rows.map(({ made }) => text(made)).join(',')}]` }],
  rowsAffected: 0,
});
const COLUMNS = `SELECT m.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
  FROM sqlite_schema AS m JOIN temp.pragma_table_xinfo(m.name) AS c WHERE ${WANTED}`;
const FOREIGN_KEYS = `SELECT m.name AS "table", k.id, k.seq, k."table" AS target, k."from", k."to", k.on_update, k.on_delete
  FROM sqlite_schema AS m JOIN temp.pragma_foreign_key_list(m.name) AS k WHERE ${WANTED} ORDER BY m.name, k.id, k.seq`;
const INDEXES = `SELECT m.name AS "table", l.name AS "index", l."unique", l.partial, x.seqno, x.name, x."desc", x.coll, s.sql
  FROM sqlite_schema AS m JOIN temp.pragma_index_list(m.name) AS l JOIN temp.pragma_index_xinfo(l.name) AS x
  JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'index'
  WHERE ${WANTED} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;

/**
 * Cached tables without their triggers, by the DDL that determines them: tenants with the same application share them.
 */
const shapes = new Map<string, Table>();

interface DdlEntry {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

function entriesIn(schema: SqlResult | undefined): DdlEntry[] {
  const entries = readJson(text(schema?.rows[0]?.made)) as string[][];
  return entries.map(([type, name, table, sql]) => ({ type, name, table, sql }) as DdlEntry);
}

/** DDL entries by folded table name, because the table name of a trigger has the case in which its author wrote it. */
const byTable = (schema: SqlResult | undefined) => groupBy(entriesIn(schema), ({ table }) => foldCase(table));

const text = (value: unknown) => String(value ?? '');
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => unknown): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = text(keyOf(row));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

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

const toIndex = (rows: readonly Row[]): TableIndex => ({
  name: text(rows[0]?.index),
  unique: rows[0]?.unique === 1,
  columns: rows.map((row) => ({
    name: row.name === null ? null : text(row.name),
    collation: text(row.coll),
    descending: row.desc === 1,
  })),
  where: rows[0]?.partial === 1 ? conditionOf(text(rows[0].sql)) : null,
  sql: rows.some(({ name }) => name === null) ? text(rows[0]?.sql) : null,
});

/** The tables of a schema text whose shapes are cached, and the names of the others. */
export function knownTables(schema: SqlResult | undefined): { tables: Table[]; unknown: string[] } {
  const tables: Table[] = [];
  const unknown: string[] = [];
  for (const rows of byTable(schema).values()) {
    const name = rows.find(({ type }) => type === 'table')?.name;
    if (name === undefined) continue;
    const shape = shapes.get(shapeKey(rows));
    const triggers = rows.filter(({ type }) => type === 'trigger').map(toNamedSql);
    if (shape) tables.push(triggers.length === 0 ? shape : { ...shape, triggers: triggers.sort(byName) });
    else unknown.push(name);
  }
  return { tables: tables.sort(byName), unknown };
}

/** INSTEAD OF triggers, by the name of their view in lower case. */
export function viewTriggers(schema: SqlResult | undefined): Map<string, NamedSql[]> {
  const triggers = [...byTable(schema)].flatMap(([name, rows]): [string, NamedSql[]][] =>
    rows.every(({ type }) => type === 'trigger') ? [[name, rows.map(toNamedSql).sort(byName)]] : [],
  );
  return new Map(triggers);
}

const toNamedSql = ({ name, sql }: DdlEntry) => ({ name, sql });

function shapeKey(rows: readonly DdlEntry[]): string {
  const entries = rows.filter(({ type }) => type !== 'trigger').sort(byName);
  return JSON.stringify(entries.map(({ name, sql }) => [name, sql]));
}

/** Statements for one read transaction; their results are passed to {@link cacheShapes}. */
export function shapeStatements(names: readonly string[]): SqlStatement[] {
  const args = [JSON.stringify(names)];
  return [SCHEMA_TEXT_OF, COLUMNS, FOREIGN_KEYS, INDEXES].map((sql) => ({ sql, args }));
}

/** Whether a table has the system columns of every object and `id` as its only primary key column. */
const isPlain = (columns: Table['columns']) =>
  SYSTEM_COLUMNS.every((column) => columns.some((other) => isSameJson(other, column))) &&
  columns.every(({ name, primaryKey }) => primaryKey === 0 || name === 'id');

/** Caches the shapes of the named tables. */
export function cacheShapes(names: readonly string[], [schema, ...results]: readonly SqlResult[]): void {
  const [columns, keys, indexes] = results.map(({ rows }) => groupBy(rows, ({ table }) => table));
  const texts = byTable(schema);
  if (shapes.size > MAX_CACHED_SHAPES) shapes.clear();
  for (const name of names) {
    const keyRows = groupBy(keys?.get(name) ?? [], ({ id }) => id);
    const indexRows = groupBy(indexes?.get(name) ?? [], ({ index }) => index);
    const rows = texts.get(foldCase(name)) ?? [];
    const sql = rows.find(({ type }) => type === 'table')?.sql ?? '';
    const definitions = columnDefinitions(sql);
    const tableColumns = (columns?.get(name) ?? []).map((row) => toColumn(row, definitions)).sort(byName);
    const shape = share({
      name,
      columns: tableColumns,
      sql: isPlain(tableColumns) && !constrainsTable(sql) ? null : sql,
      foreignKeys: [...keyRows.values()].map(toForeignKey).sort(byColumns),
      indexes: [...indexRows.values()].map(toIndex).sort(byName),
      triggers: [],
    });
    shapes.set(shapeKey(rows), shape);
  }
}
