import type { IDataDriver, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { quote } from '../seed/run-sql.js';
import { type CopiedTable, type SchemaItem, SEQUENCES, schemaOf } from './copied-tables.js';
import type { ExactRow } from './exact-row.js';
import { readTables, type TableChecksums } from './table-checksums.js';

/*
 * Copies a database to an empty one that has the system tables and the marker of the same tenant, through SQL alone, because
 * two servers cannot copy each other's databases. Rows keep their row ids, which is the order in which they were added, and
 * values their types.
 */

/** Rejects with `invalid_state` if there are virtual tables: only their modules can write the tables that store their data. */
function assertNoVirtualTables(items: readonly SchemaItem[]): void {
  const names = items.filter(({ kind }) => kind === 'virtual').map(({ name }) => name);
  if (names.length === 0) return;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: `The virtual tables ${names.join(', ')} cannot be copied to another database. Drop them, move the tenant, and create them again. Nothing was moved.`,
  });
}

async function run(target: IDataDriver, statements: readonly SqlStatement[]): Promise<void> {
  if (statements.length > 0) await target.executeAtomic(statements, { foreignKeys: 'off' });
}

/** The parameter of a value of a type. A whole number would be sent as an integer, and texts must be well-formed. */
function markOf(type: string | undefined, value: SqlValue): string {
  if (type === 'r') return 'CAST(? AS REAL)';
  return type === 't' && value instanceof Uint8Array ? 'CAST(? AS TEXT)' : '?';
}

function insertsOf({ name, columns, rowId }: CopiedTable, rows: readonly ExactRow[]): SqlStatement[] {
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
