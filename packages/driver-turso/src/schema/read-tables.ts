import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import type { ReferentialAction, Table, TableIndex } from '@objectstack/spec/system';
import { columnDefinitions, conditionOf, constrainsTable, saysMore } from './column-definitions.js';
import { isSameJson } from './hash.js';
import { SYSTEM_COLUMNS } from './object-table.js';

type Row = SqlResult['rows'][number];
/** A table without its triggers: a pure function of the statements that made it and its indexes. */
type Shape = Omit<Table, 'triggers'>;

const MOST_SHAPES = 2_000;
const NOT_OURS = `m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_' AND substr(m.name, 1, 4) <> '_os_'`;
const WANTED = `${NOT_OURS} AND m.name IN (SELECT value FROM json_each(?))`;

/** What was written to make the tables: cheap to read. */
export const SCHEMA_TEXT = `SELECT type, name, tbl_name, sql FROM sqlite_schema
  WHERE type IN ('table', 'index', 'trigger') AND sql IS NOT NULL
  AND substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 4) <> '_os_'`;
const COLUMNS = `SELECT m.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
  FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS c WHERE ${WANTED}`;
const FOREIGN_KEYS = `SELECT m.name AS "table", k.id, k.seq, k."table" AS target, k."from", k."to", k.on_update, k.on_delete
  FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS k WHERE ${WANTED} ORDER BY m.name, k.id, k.seq`;
const INDEXES = `SELECT m.name AS "table", l.name AS "index", l."unique", l.partial, x.seqno, x.name, x."desc", x.coll, s.sql
  FROM sqlite_schema AS m JOIN pragma_index_list(m.name) AS l JOIN pragma_index_xinfo(l.name) AS x
  JOIN sqlite_schema AS s ON s.name = l.name AND s.type = 'index'
  WHERE ${WANTED} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;

/** Shapes by the text that makes them: tenants with the same application share them. */
const shapes = new Map<string, Shape>();

const text = (value: unknown) => String(value ?? '');
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

function groupBy(rows: readonly Row[], key: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(text(row[key]));
    if (group) group.push(row);
    else groups.set(text(row[key]), [row]);
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
  definition: definitionBeyond(definitions.get(text(row.name))),
});

const definitionBeyond = (definition: string | undefined) =>
  definition !== undefined && saysMore(definition) ? definition : null;

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

/** The tables of a schema text, as far as their shapes are known, and the names of the others. */
export function knownTables(schema: readonly Row[]): { tables: Table[]; unknown: string[] } {
  const tables: Table[] = [];
  const unknown: string[] = [];
  for (const [name, rows] of groupBy(schema, 'tbl_name')) {
    if (!rows.some(({ type }) => type === 'table')) continue;
    const shape = shapes.get(shapeKey(rows));
    const triggers = rows.filter(({ type }) => type === 'trigger');
    if (shape) tables.push({ ...shape, triggers: triggers.map(toNamedSql).sort(byName) });
    else unknown.push(name);
  }
  return { tables: tables.sort(byName), unknown };
}

const toNamedSql = (row: Row) => ({ name: text(row.name), sql: text(row.sql) });

function shapeKey(rows: readonly Row[]): string {
  const made = rows.filter(({ type }) => type !== 'trigger').map(({ name, sql }) => [text(name), text(sql)]);
  return JSON.stringify(made.sort(([a], [b]) => (text(a) < text(b) ? -1 : 1)));
}

/** Statements, for one read transaction, whose results {@link learnShapes} takes. */
export function shapeStatements(names: readonly string[]): SqlStatement[] {
  const args = [JSON.stringify(names)];
  return [{ sql: SCHEMA_TEXT }, ...[COLUMNS, FOREIGN_KEYS, INDEXES].map((sql) => ({ sql, args }))];
}

/** Whether the columns that are there first are those that every table of an object begins with. */
const isPlain = (columns: Table['columns']) =>
  SYSTEM_COLUMNS.every((column) => columns.some((other) => isSameJson(other, column))) &&
  columns.every(({ name, primaryKey }) => primaryKey === 0 || name === 'id');

/** Remembers the shapes of the named tables. */
export function learnShapes(names: readonly string[], [schema, ...results]: readonly SqlResult[]): void {
  const [columns, keys, indexes] = results.map(({ rows }) => groupBy(rows, 'table'));
  const texts = groupBy(schema?.rows ?? [], 'tbl_name');
  if (shapes.size > MOST_SHAPES) shapes.clear();
  for (const name of names) {
    const keyRows = groupBy(keys?.get(name) ?? [], 'id');
    const indexRows = groupBy(indexes?.get(name) ?? [], 'index');
    const made = texts.get(name)?.find(({ type }) => type === 'table');
    const definitions = columnDefinitions(text(made?.sql));
    const shown = (columns?.get(name) ?? []).map((row) => toColumn(row, definitions)).sort(byName);
    shapes.set(shapeKey(texts.get(name) ?? []), {
      name,
      columns: shown,
      sql: isPlain(shown) && !constrainsTable(text(made?.sql)) ? null : text(made?.sql),
      foreignKeys: [...keyRows.values()].map(toForeignKey).sort(byColumns),
      indexes: [...indexRows.values()].map(toIndex).sort(byName),
    });
  }
}
