import { createHash } from 'node:crypto';
import type { IDataDriver, SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { quote } from '../seed/run-sql.js';

/*
 * Copies a database to an empty one that has the system tables and the marker of the same tenant, through SQL alone, because
 * two servers cannot copy each other's databases. Rows keep their row ids, which is the order in which they were added, and
 * values their types: a result does not tell an integer from a fraction, and has no exact integers of more than 53 bits,
 * no infinite numbers, and only texts of characters: one that contains NUL is truncated, and one that is not well-formed ends
 * the process.
 */

/** The marker of a database, and slots in which the connections to it send their writes. */
const OWN_TABLES: ReadonlySet<string> = new Set(['_os_tenant', '_os_request']);
const SCHEMA = `SELECT m.type, m.name, m.sql, l.type AS kind, l.wr FROM sqlite_schema AS m
  LEFT JOIN temp.pragma_table_list AS l ON l.schema = 'main' AND l.name = m.name AND m.type = 'table'
  WHERE m.sql IS NOT NULL AND (substr(m.name, 1, 7) <> 'sqlite_' OR m.name = 'sqlite_sequence') ORDER BY m.rowid`;
const PAGE_ROWS = 200;
const ROW_ID = 'row_id';

/** Names of the row id. A column of the same name hides one. */
const ROW_ID_NAMES = ['_rowid_', 'rowid', 'oid'];

/** Condition that a text has characters besides those of ASCII, or NUL. */
const isOther = (column: string) =>
  `(instr(${column}, char(0)) > 0 OR ${column} GLOB '*[^' || char(1) || '-' || char(127) || ']*')`;

/** A number that no result contains, by its text in SQLite, as a text that SQLite converts to it. */
const INFINITE: Readonly<Record<string, string>> = { Inf: '9e999', '-Inf': '-9e999' };
const TYPES_IN_GROUP = 100;

/** The ids that tables with AUTOINCREMENT assigned. SQLite creates it with the first of them. */
const SEQUENCES = 'sqlite_sequence';

interface SchemaItem {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
  /** Kind of a table: `table`, `virtual` or `shadow`, which stores the data of a virtual table. */
  readonly kind: string;
  readonly hasRowIds: boolean;
}

/** A table, and how its rows are read. */
interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Name of the row id; undefined if the table has none, or columns with all of its names. */
  readonly rowId: string | undefined;
  /** Columns of the key of a table without row ids, by which its rows are sorted. */
  readonly key: readonly string[];
  /** The bytes in UTF-8 of a text of the table, of which these are the bytes. */
  readonly toUtf8: (bytes: Uint8Array) => Uint8Array;
}

interface Row {
  /** Row id; undefined if the table has none. */
  readonly id: bigint | undefined;
  /** First letter of the type of each value: `integer`, `real`, `text`, `blob` or `null`. */
  readonly types: string;
  readonly values: readonly SqlValue[];
}

/** Rows and their hash, by the names of the tables. */
export type TableChecksums = ReadonlyMap<string, { readonly rows: number; readonly checksum: string }>;

async function schemaOf(driver: IDataDriver): Promise<SchemaItem[]> {
  const { rows } = await driver.execute(SCHEMA);
  return rows.map((row) => ({
    type: String(row.type),
    name: String(row.name),
    sql: String(row.sql),
    kind: String(row.kind),
    hasRowIds: row.wr !== 1,
  }));
}

const isCopied = ({ type, name }: SchemaItem) => type === 'table' && !OWN_TABLES.has(name);

/** Rejects with `invalid_state` if there are virtual tables: only their modules can write the tables that store their data. */
function assertNoVirtualTables(items: readonly SchemaItem[]): void {
  const names = items.filter(({ kind }) => kind === 'virtual').map(({ name }) => name);
  if (names.length === 0) return;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: `The virtual tables ${names.join(', ')} cannot be copied to another database. Drop them, move the tenant, and create them again. Nothing was moved.`,
  });
}

/** Tables in the order of their creation, and last the ids that they assigned, which change as rows are inserted. */
const copiedItems = (items: readonly SchemaItem[]): SchemaItem[] => [
  ...items.filter((item) => isCopied(item) && item.name !== SEQUENCES),
  ...items.filter(({ name }) => name === SEQUENCES),
];

const exceedsResponse = (error: unknown) => ObjectStackError.isInstance(error, 'response_too_large');

/** The first letters of the types of the columns, in groups, because SQLite limits the depth of an expression. */
function typeGroups(columns: readonly string[]): string[] {
  const letters = columns.map((column) => `substr(typeof(${quote(column)}), 1, 1)`);
  const groups: string[] = [];
  for (let first = 0; first < letters.length; first += TYPES_IN_GROUP)
    groups.push(letters.slice(first, first + TYPES_IN_GROUP).join(' || '));
  return groups;
}

/** The exact values of a row. An integer was read as text, and its type as the letter `i`; a text may have been read as bytes. */
function exactRow(row: SqlResult['rows'][number], { columns, rowId, toUtf8 }: CopiedTable): Row {
  const types = typeGroups(columns)
    .map((_, group) => String(row[`t${group}`]))
    .join('');
  const values = columns.map((_, index): SqlValue => {
    const value = row[`c${index}`] ?? null;
    if (types[index] === 'i') return BigInt(String(value));
    if (types[index] === 'r' && typeof value === 'string') return INFINITE[value] ?? value;
    return types[index] === 't' && value instanceof Uint8Array ? toUtf8(value) : value;
  });
  return { id: rowId === undefined ? undefined : BigInt(String(row[ROW_ID])), types, values };
}

const exactValue = (column: string) =>
  `CASE typeof(${column}) WHEN 'integer' THEN CAST(${column} AS TEXT)
    WHEN 'real' THEN iif(abs(${column}) = 9e999, CAST(${column} AS TEXT), ${column})
    WHEN 'text' THEN iif(${isOther(column)}, CAST(${column} AS BLOB), ${column}) ELSE ${column} END`;

/** The query for a page of rows, after a row with an id, or in a table without row ids after a number of rows. */
function pageStatement(
  { name, columns, rowId, key }: CopiedTable,
  { after, skip, limit }: { after: bigint | undefined; skip: number; limit: number },
): SqlStatement {
  const table = quote(name);
  const selected = [
    ...typeGroups(columns).map((types, group) => `${types} AS t${group}`),
    ...columns.map((column, index) => `${exactValue(quote(column))} AS c${index}`),
    ...(rowId === undefined ? [] : [`CAST(${rowId} AS TEXT) AS ${ROW_ID}`]),
  ];
  const from = `SELECT ${selected.join(', ')} FROM ${table}`;
  if (rowId !== undefined) {
    const where = after === undefined ? '' : `WHERE ${rowId} > ?`;
    const args = after === undefined ? [limit] : [after, limit];
    return { sql: `${from} ${where} ORDER BY ${table}.${rowId} LIMIT ?`, args };
  }
  // Columns are named with their table, because one may be called like a selected value.
  const sorted = key.map((column) => `${table}.${quote(column)}`).join(', ');
  const order = sorted === '' ? 'NOT INDEXED' : `ORDER BY ${sorted}`;
  return { sql: `${from} ${order} LIMIT ? OFFSET ?`, args: [limit, skip] };
}

/** Pages of the rows of a table, in the order of their row ids or keys. A page that a server cannot send is halved. */
async function* pagesOf(driver: IDataDriver, table: CopiedTable): AsyncGenerator<Row[]> {
  let limit = PAGE_ROWS;
  let after: bigint | undefined;
  for (let skip = 0; ; ) {
    try {
      const { sql, args } = pageStatement(table, { after, skip, limit });
      const { rows } = await driver.execute(sql, args);
      const page = rows.map((row) => exactRow(row, table));
      if (page.length > 0) yield page;
      if (page.length < limit) return;
      after = page.at(-1)?.id;
      skip += page.length;
    } catch (error) {
      if (limit === 1 || !exceedsResponse(error)) throw error;
      limit = Math.ceil(limit / 2);
    }
  }
}

/** A text for each value that differs for different values. */
function textOf(value: SqlValue): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  if (Object.is(value, -0)) return 'n-0';
  return typeof value === 'bigint' ? `n${value}` : `${(typeof value).charAt(0)}${value}`;
}

const textOfRow = ({ id, types, values }: Row) => JSON.stringify([id ?? null, types, ...values].map(textOf));

/** Rejects with `invalid_state` if a text has no form in UTF-8, so that another database could not store it. */
function decoderOf(encoding: string): CopiedTable['toUtf8'] {
  if (encoding === 'UTF-8') return (bytes) => bytes;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  return (bytes) => {
    try {
      return encoder.encode(decoder.decode(bytes));
    } catch {
      const message = `A text of the database is not ${encoding}, its encoding. Correct or delete it. Nothing was moved.`;
      throw new ObjectStackError({ code: 'invalid_state', message });
    }
  };
}

/** Columns that are stored: those that are generated are not. */
async function copiedTable(
  driver: IDataDriver,
  { name, hasRowIds }: SchemaItem,
  toUtf8: CopiedTable['toUtf8'],
): Promise<CopiedTable> {
  const sql = 'SELECT name, pk, hidden FROM temp.pragma_table_xinfo(?) ORDER BY cid';
  const { rows } = await driver.execute(sql, [name]);
  const taken = new Set(rows.map((row) => String(row.name).toLowerCase()));
  const key = rows.filter(({ pk }) => pk !== 0).sort((one, other) => Number(one.pk) - Number(other.pk));
  return {
    name,
    columns: rows.flatMap((row) => (row.hidden === 0 ? [String(row.name)] : [])),
    rowId: hasRowIds ? ROW_ID_NAMES.find((one) => !taken.has(one)) : undefined,
    key: hasRowIds ? [] : key.map((row) => String(row.name)),
    toUtf8,
  };
}

interface ReadOptions {
  /** Called before the rows of each table. */
  readonly onTable?: (table: CopiedTable) => Promise<void>;
  readonly onPage?: (table: CopiedTable, rows: readonly Row[]) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** Reads every table that is copied, and returns what was read. */
async function readTables(
  driver: IDataDriver,
  { onTable, onPage, signal }: ReadOptions,
): Promise<TableChecksums> {
  const checksums = new Map<string, { rows: number; checksum: string }>();
  const { rows: encodings } = await driver.execute('SELECT encoding FROM temp.pragma_encoding');
  const toUtf8 = decoderOf(String(encodings[0]?.encoding));
  for (const item of copiedItems(await schemaOf(driver))) {
    const table = await copiedTable(driver, item, toUtf8);
    const hash = createHash('sha256');
    let count = 0;
    await onTable?.(table);
    for await (const rows of pagesOf(driver, table)) {
      throwIfAborted(signal);
      for (const row of rows) hash.update(textOfRow(row));
      count += rows.length;
      await onPage?.(table, rows);
    }
    checksums.set(table.name, { rows: count, checksum: hash.digest('hex') });
  }
  return checksums;
}

/** Rows and hashes of every table that is copied. */
export const checksumsOf = (driver: IDataDriver, signal: AbortSignal | undefined): Promise<TableChecksums> =>
  readTables(driver, { signal });

/** The tables whose rows differ. */
export function differingTables(one: TableChecksums, other: TableChecksums): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  const isSame = (name: string) =>
    one.get(name)?.rows === other.get(name)?.rows && one.get(name)?.checksum === other.get(name)?.checksum;
  return [...names].filter((name) => !isSame(name));
}

async function run(target: IDataDriver, statements: readonly SqlStatement[]): Promise<void> {
  if (statements.length > 0) await target.executeAtomic(statements, { foreignKeys: 'off' });
}

/** The parameter of a value of a type. A whole number would be sent as an integer, and texts must be well-formed. */
function markOf(type: string | undefined, value: SqlValue): string {
  if (type === 'r') return 'CAST(? AS REAL)';
  return type === 't' && value instanceof Uint8Array ? 'CAST(? AS TEXT)' : '?';
}

function insertsOf({ name, columns, rowId }: CopiedTable, rows: readonly Row[]): SqlStatement[] {
  const names = [...(rowId === undefined ? [] : [rowId]), ...columns.map(quote)];
  const insert = `INSERT INTO ${quote(name)} (${names.join(', ')}) VALUES`;
  return rows.map(({ id, types, values }) => {
    const marks = values.map((value, index) => markOf(types[index], value));
    const args = values.map((value) => (Object.is(value, -0) ? '-0.0' : value));
    const all = id === undefined ? marks : ['?', ...marks];
    return { sql: `${insert} (${all.join(', ')})`, args: id === undefined ? args : [id, ...args] };
  });
}

/** Creates the table of assigned ids, which only SQLite can, with its first table that has them. */
const CREATE_SEQUENCES: readonly SqlStatement[] = [
  { sql: 'CREATE TABLE _os_assigning (id INTEGER PRIMARY KEY AUTOINCREMENT)' },
  { sql: 'DROP TABLE _os_assigning' },
];

/** Tables first, then their rows, and what depends on them last: triggers would fire for each row. */
export async function copyTables(
  { source, target }: { source: IDataDriver; target: IDataDriver },
  signal: AbortSignal | undefined,
): Promise<TableChecksums> {
  const all = await schemaOf(source);
  const items = all.filter(({ name }) => name !== SEQUENCES);
  assertNoVirtualTables(items);
  const known = new Set((await schemaOf(target)).map(({ name }) => name));
  const missing = items.filter(({ name }) => !known.has(name));
  const create = (isTable: boolean) =>
    run(
      target,
      missing.filter(({ type }) => (type === 'table') === isTable).map(({ sql }) => ({ sql })),
    );
  await create(true);
  if (items.length < all.length && !(await schemaOf(target)).some(({ name }) => name === SEQUENCES))
    await run(target, CREATE_SEQUENCES);
  const checksums = await readTables(source, {
    onTable: ({ name }) => run(target, [{ sql: `DELETE FROM ${quote(name)}` }]),
    onPage: (table, rows) => run(target, insertsOf(table, rows)),
    signal,
  });
  await create(false);
  return checksums;
}
