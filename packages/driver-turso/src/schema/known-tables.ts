import type { SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { Steps } from '@objectstack/spec/shared';
import type { NamedSql, Table } from '@objectstack/spec/system';
import { foldCase } from '../sql/tokenize.js';
import { groupBy } from './group-by.js';
import type { PartedQuery } from './read-in-parts.js';
import { readJson } from './read-json.js';
import { type DdlEntry, tableShape } from './table-shape.js';

const MAX_CACHED_SHAPES = 2_000;
/** Columns of the tables that are read in one request. Most schemas have fewer. */
const COLUMNS_AT_ONCE = 1_000;
const IS_USER_TABLE = `m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_' AND substr(m.name, 1, 4) <> '_os_'`;
const WANTED = `${IS_USER_TABLE} AND m.name IN (SELECT value FROM temp.json_each(?))`;

/** The DDL of the tables. It is cheap to read, and one value is cheaper to transfer than a row for each statement. */
const HAS_DDL = `type IN ('table', 'index', 'trigger') AND sql IS NOT NULL
  AND substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 4) <> '_os_'
  AND NOT (type = 'trigger' AND substr(name, 1, 10) = '_os_count_')`;
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
/** What a query for properties of tables selects, by the names that its rows have. */
interface TableQuery {
  readonly columns: Readonly<Record<string, string>>;
  readonly from: string;
}

const COLUMNS: TableQuery = {
  columns: {
    table: 'm.name',
    name: 'c.name',
    type: 'c.type',
    notnull: 'c."notnull"',
    dflt_value: 'c.dflt_value',
    pk: 'c.pk',
    hidden: 'c.hidden',
  },
  from: `sqlite_schema AS m JOIN temp.pragma_table_xinfo(m.name) AS c WHERE ${WANTED}`,
};
const FOREIGN_KEYS: TableQuery = {
  columns: {
    table: 'm.name',
    id: 'k.id',
    seq: 'k.seq',
    target: 'k."table"',
    from: 'k."from"',
    to: 'k."to"',
    on_update: 'k.on_update',
    on_delete: 'k.on_delete',
  },
  from: `sqlite_schema AS m JOIN temp.pragma_foreign_key_list(m.name) AS k WHERE ${WANTED} ORDER BY m.name, k.id, k.seq`,
};
const INDEXES: TableQuery = {
  columns: {
    table: 'm.name',
    index: 'l.name',
    unique: 'l."unique"',
    partial: 'l.partial',
    seqno: 'x.seqno',
    name: 'x.name',
    desc: 'x."desc"',
    coll: 'x.coll',
  },
  from: `sqlite_schema AS m JOIN temp.pragma_index_list(m.name) AS l JOIN temp.pragma_index_xinfo(l.name) AS x
  WHERE ${WANTED} AND l.origin = 'c' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`,
};

/** One value for all rows, which is cheaper to transfer than a value for each property of each column. */
function sqlOf({ columns, from }: TableQuery): string {
  const named = Object.entries(columns).map(([name, value]) => `${value} AS "${name}"`);
  const names = Object.keys(columns).map((name) => `"${name}"`);
  return `SELECT json_group_array(json_array(${names.join(', ')})) AS made FROM (SELECT ${named.join(', ')} FROM ${from})`;
}

/** The rows in the result of {@link sqlOf}, by table. */
function rowsByTable(
  { columns }: TableQuery,
  result: SqlResult | undefined,
): Map<SqlValue, SqlResult['rows']> {
  const names = Object.keys(columns);
  const rows = (readJson(text(result?.rows[0]?.made)) as SqlValue[][]).map((values) => {
    const row: Record<string, SqlValue> = {};
    for (const [at, name] of names.entries()) row[name] = values[at] ?? null;
    return row;
  });
  return groupBy(rows, ({ table = null }) => table);
}

/**
 * Cached tables without their triggers, by the DDL that determines them: tenants with the same application share them.
 */
const shapes = new Map<string, Table>();

function entriesIn(schema: SqlResult | undefined): DdlEntry[] {
  const entries = readJson(text(schema?.rows[0]?.made)) as string[][];
  return entries.map(([type, name, table, sql]) => ({ type, name, table, sql }) as DdlEntry);
}

type EntriesByTable = ReadonlyMap<string, readonly DdlEntry[]>;

/** Entries of the schema text that was read last, because one reading needs them several times. */
let latest: { readonly made: SqlValue | undefined; readonly entries: EntriesByTable } | undefined;

/** DDL entries by folded table name, because the table name of a trigger has the case in which its author wrote it. */
function byTable(schema: SqlResult | undefined): EntriesByTable {
  const made = schema?.rows[0]?.made;
  if (latest && latest.made === made) return latest.entries;
  const entries = groupBy(entriesIn(schema), ({ table }) => foldCase(table));
  latest = { made, entries };
  return entries;
}

const text = (value: unknown) => String(value ?? '');
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

interface KnownTables {
  readonly tables: Table[];
  /** Groups of the names of all other tables, each small enough to read and to cache without a pause. */
  readonly unknown: string[][];
}

/** Groups tables by the commas in their DDL, of which there is one for each column but the first. */
function grouped(unknown: readonly DdlEntry[]): string[][] {
  const groups: string[][] = [];
  let left = 0;
  for (const { name, sql } of unknown) {
    const columns = sql.split(',').length;
    if (columns > left || groups.length === 0) {
      groups.push([]);
      left = COLUMNS_AT_ONCE;
    }
    groups.at(-1)?.push(name);
    left -= columns;
  }
  return groups;
}

/** The tables of a schema text whose shapes are cached, and the names of the others. */
export function* knownTables(schema: SqlResult | undefined): Steps<KnownTables> {
  const tables: Table[] = [];
  const unknown: DdlEntry[] = [];
  for (const rows of byTable(schema).values()) {
    yield;
    const table = rows.find(({ type }) => type === 'table');
    if (table === undefined) continue;
    const shape = shapes.get(shapeKey(rows));
    const triggers = rows.filter(({ type }) => type === 'trigger').map(toNamedSql);
    if (shape) tables.push(triggers.length === 0 ? shape : { ...shape, triggers: triggers.sort(byName) });
    else unknown.push(table);
  }
  return { tables: tables.sort(byName), unknown: grouped(unknown) };
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
  return [SCHEMA_TEXT_OF, sqlOf(COLUMNS), sqlOf(FOREIGN_KEYS), sqlOf(INDEXES)].map((sql) => ({ sql, args }));
}

/** Forgets all shapes if too many are cached. Not while a schema is read, which may have more tables than that. */
export function makeRoomForShapes(): void {
  if (shapes.size > MAX_CACHED_SHAPES) shapes.clear();
}

/** Caches the shapes of the named tables. */
export function* cacheShapes(
  names: readonly string[],
  [schema, ...results]: readonly SqlResult[],
): Steps<void> {
  const texts = byTable(schema);
  const [columns, keys, indexes] = [COLUMNS, FOREIGN_KEYS, INDEXES].map((query, at) =>
    rowsByTable(query, results[at]),
  );
  for (const name of names) {
    yield;
    const ddl = texts.get(foldCase(name)) ?? [];
    const facts = [columns, keys, indexes].map((all) => all?.get(name) ?? []);
    const [ofColumns = [], ofKeys = [], ofIndexes = []] = facts;
    const shape = tableShape(name, { ddl, columns: ofColumns, keys: ofKeys, indexes: ofIndexes });
    shapes.set(shapeKey(ddl), shape);
  }
}
