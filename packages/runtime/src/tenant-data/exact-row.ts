import type { IDataDriver, SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { quote } from '../seed/run-sql.js';
import type { CopiedTable } from './copied-tables.js';

/*
 * A result does not tell an integer from a fraction, and has no exact integers of more than 53 bits, no infinite numbers, and
 * only texts of characters: one that contains NUL is truncated, and one that is not well-formed ends the process. So values
 * are read with their types, and those that a result cannot contain in another form.
 */

const PAGE_ROWS = 200;
const ROW_ID = 'row_id';

/** Condition that a text has characters besides those of ASCII, or NUL. */
const isOther = (column: string) =>
  `(instr(${column}, char(0)) > 0 OR ${column} GLOB '*[^' || char(1) || '-' || char(127) || ']*')`;

/** A number that no result contains, by its text in SQLite, as a text that SQLite converts to it. */
const INFINITE: Readonly<Record<string, string>> = { Inf: '9e999', '-Inf': '-9e999' };
const TYPES_IN_GROUP = 100;

/** A row with the exact values of its columns. */
export interface ExactRow {
  /** Row id; undefined if the table has none. */
  readonly id: bigint | undefined;
  /** First letter of the type of each value: `integer`, `real`, `text`, `blob` or `null`. */
  readonly types: string;
  readonly values: readonly SqlValue[];
}

/** The first letters of the types of the columns, in groups, because SQLite limits the depth of an expression. */
function typeGroups(columns: readonly string[]): string[] {
  const letters = columns.map((column) => `substr(typeof(${quote(column)}), 1, 1)`);
  const groups: string[] = [];
  for (let first = 0; first < letters.length; first += TYPES_IN_GROUP)
    groups.push(letters.slice(first, first + TYPES_IN_GROUP).join(' || '));
  return groups;
}

/** The exact values of a row. An integer was read as text, and its type as the letter `i`; a text may have been read as bytes. */
function exactRow(row: SqlResult['rows'][number], { columns, rowId, toUtf8 }: CopiedTable): ExactRow {
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

const exceedsResponse = (error: unknown) => ObjectStackError.isInstance(error, 'response_too_large');

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
export async function* pagesOf(driver: IDataDriver, table: CopiedTable): AsyncGenerator<ExactRow[]> {
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
