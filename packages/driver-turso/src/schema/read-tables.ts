import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import type { ReferentialAction, Table, TableIndex } from '@objectstack/spec/system';

type Row = SqlResult['rows'][number];

const TABLES = `FROM sqlite_schema AS m JOIN`;
const MANAGED_BY_OTHERS = `m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_' AND substr(m.name, 1, 4) <> '_os_'`;

const COLUMNS = `SELECT m.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden ${TABLES}
  pragma_table_xinfo(m.name) AS c WHERE ${MANAGED_BY_OTHERS}`;
const FOREIGN_KEYS = `SELECT m.name AS "table", k.id, k.seq, k."table" AS target, k."from", k."to", k.on_update, k.on_delete
  ${TABLES} pragma_foreign_key_list(m.name) AS k WHERE ${MANAGED_BY_OTHERS} ORDER BY m.name, k.id, k.seq`;
const INDEXES = `SELECT m.name AS "table", l.name AS "index", l."unique", l.partial, x.seqno, x.name, x."desc", x.coll, s.sql
  ${TABLES} pragma_index_list(m.name) AS l JOIN pragma_index_xinfo(l.name) AS x JOIN sqlite_schema AS s ON s.name = l.name
  WHERE ${MANAGED_BY_OTHERS} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;
const TRIGGERS = `SELECT m.tbl_name AS "table", m.name, m.sql FROM sqlite_schema AS m WHERE m.type = 'trigger'`;
const NAMES = `SELECT m.name FROM sqlite_schema AS m WHERE ${MANAGED_BY_OTHERS} ORDER BY m.name`;

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

const toColumn = (row: Row): Table['columns'][number] => ({
  name: text(row.name),
  type: text(row.type).toUpperCase(),
  notNull: row.notnull === 1,
  defaultValue: row.dflt_value === null ? null : text(row.dflt_value),
  primaryKey: Number(row.pk),
  generated: row.hidden === 2 || row.hidden === 3,
});

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
  where: rows[0]?.partial === 1 ? (/\bWHERE\b(.*)$/is.exec(text(rows[0].sql))?.[1]?.trim() ?? '') : null,
});

/** All tables but ours, in canonical form, as they are at one moment. */
export async function readTables(driver: IDataDriver): Promise<Table[]> {
  const results = await driver.executeAtomic(
    [NAMES, COLUMNS, FOREIGN_KEYS, INDEXES, TRIGGERS].map((sql) => ({ sql })),
    { mode: 'read' },
  );
  const names = results[0]?.rows ?? [];
  const [columns, keys, indexes, triggers] = results.slice(1).map(({ rows }) => groupBy(rows, 'table'));
  return names.map(({ name }) => {
    const table = text(name);
    const keyRows = groupBy(keys?.get(table) ?? [], 'id');
    const indexRows = groupBy(indexes?.get(table) ?? [], 'index');
    return {
      name: table,
      columns: (columns?.get(table) ?? []).map(toColumn).sort(byName),
      foreignKeys: [...keyRows.values()].map(toForeignKey).sort(byColumns),
      indexes: [...indexRows.values()].map(toIndex).sort(byName),
      triggers: (triggers?.get(table) ?? [])
        .map((row) => ({ name: text(row.name), sql: text(row.sql) }))
        .sort(byName),
    };
  });
}
