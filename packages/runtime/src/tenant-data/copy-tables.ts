import { createHash } from 'node:crypto';
import type { IDataDriver, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { quote } from '../seed/run-sql.js';

/*
 * Copies a database to an empty one that has the system tables and the marker of the same tenant, through SQL alone, because
 * two servers cannot copy each other's databases. Rows keep their row ids, which is the order in which they were added.
 */

/** The marker of a database, and slots in which the connections to it send their writes. */
const OWN_TABLES: ReadonlySet<string> = new Set(['_os_tenant', '_os_request']);
const PAGE_ROWS = 200;
const ROW_ID = '_os_row_id';

interface SchemaItem {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

interface Row {
  readonly id: SqlValue;
  readonly values: readonly SqlValue[];
}

/** Rows and their hash, by the names of the tables. */
export type TableChecksums = ReadonlyMap<string, { readonly rows: number; readonly checksum: string }>;

async function schemaOf(driver: IDataDriver): Promise<SchemaItem[]> {
  const sql = `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid`;
  const { rows } = await driver.execute(sql);
  return rows.map((row) => ({ type: String(row.type), name: String(row.name), sql: String(row.sql) }));
}

const isCopied = ({ type, name }: SchemaItem) => type === 'table' && !OWN_TABLES.has(name);

const exceedsResponse = (error: unknown) => ObjectStackError.isInstance(error, 'response_too_large');

/** Pages of the rows of a table, in the order of their row ids. A page that a server cannot send is halved. */
async function* pagesOf(
  driver: IDataDriver,
  { table, columns }: { table: string; columns: readonly string[] },
): AsyncGenerator<Row[]> {
  const selected = columns.map((column, index) => `${quote(column)} AS c${index}`);
  const sql = `SELECT _rowid_ AS ${ROW_ID}, ${selected.join(', ')} FROM ${quote(table)}
    WHERE _rowid_ > ? ORDER BY _rowid_ LIMIT ?`;
  let limit = PAGE_ROWS;
  for (let after: SqlValue = Number.MIN_SAFE_INTEGER; ; ) {
    try {
      const { rows } = await driver.execute(sql, [after, limit]);
      const page = rows.map((row) => ({
        id: row[ROW_ID] ?? null,
        values: columns.map((_, index) => row[`c${index}`] ?? null),
      }));
      if (page.length > 0) yield page;
      if (page.length < limit) return;
      after = page.at(-1)?.id ?? null;
    } catch (error) {
      if (limit === 1 || !exceedsResponse(error)) throw error;
      limit = Math.ceil(limit / 2);
    }
  }
}

/** A text for each value that differs for different values. */
function textOf(value: SqlValue): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  return typeof value === 'bigint' ? `n${value}` : `${(typeof value).charAt(0)}${value}`;
}

const textOfRow = ({ id, values }: Row) => JSON.stringify([id, ...values].map(textOf));

async function columnsOf(driver: IDataDriver, table: string): Promise<string[]> {
  const { rows } = await driver.execute('SELECT name FROM temp.pragma_table_info(?) ORDER BY cid', [table]);
  return rows.map(({ name }) => String(name));
}

type OnPage = (table: string, columns: readonly string[], rows: readonly Row[]) => Promise<void>;

/** Reads every table that is copied, and returns what was read. */
async function readTables(
  driver: IDataDriver,
  { onPage, signal }: { onPage?: OnPage; signal: AbortSignal | undefined },
): Promise<TableChecksums> {
  const checksums = new Map<string, { rows: number; checksum: string }>();
  for (const { name: table } of (await schemaOf(driver)).filter(isCopied)) {
    const columns = await columnsOf(driver, table);
    const hash = createHash('sha256');
    let count = 0;
    for await (const rows of pagesOf(driver, { table, columns })) {
      throwIfAborted(signal);
      for (const row of rows) hash.update(textOfRow(row));
      count += rows.length;
      await onPage?.(table, columns, rows);
    }
    checksums.set(table, { rows: count, checksum: hash.digest('hex') });
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

function insertsOf(table: string, columns: readonly string[], rows: readonly Row[]): SqlStatement[] {
  const names = ['_rowid_', ...columns.map(quote)].join(', ');
  const marks = ['?', ...columns.map(() => '?')].join(', ');
  const sql = `INSERT INTO ${quote(table)} (${names}) VALUES (${marks})`;
  return rows.map(({ id, values }) => ({ sql, args: [id, ...values] }));
}

/** Tables first, then their rows, and what depends on them last: triggers would fire for each row. */
export async function copyTables(
  { source, target }: { source: IDataDriver; target: IDataDriver },
  signal: AbortSignal | undefined,
): Promise<TableChecksums> {
  const items = await schemaOf(source);
  const known = new Set((await schemaOf(target)).map(({ name }) => name));
  const missing = items.filter(({ name }) => !known.has(name));
  await run(
    target,
    missing.filter(({ type }) => type === 'table').map(({ sql }) => ({ sql })),
  );
  const cleared = items.filter((item) => isCopied(item) && known.has(item.name));
  await run(
    target,
    cleared.map(({ name }) => ({ sql: `DELETE FROM ${quote(name)}` })),
  );
  const onPage: OnPage = (table, columns, rows) => run(target, insertsOf(table, columns, rows));
  const checksums = await readTables(source, { onPage, signal });
  await run(
    target,
    missing.filter(({ type }) => type !== 'table').map(({ sql }) => ({ sql })),
  );
  return checksums;
}
