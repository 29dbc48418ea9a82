import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** The marker of a database, and slots in which the connections to it send their writes. */
const OWN_TABLES: ReadonlySet<string> = new Set(['_os_tenant', '_os_request']);
const SCHEMA = `SELECT m.type, m.name, m.sql, l.type AS kind, l.wr FROM sqlite_schema AS m
  LEFT JOIN temp.pragma_table_list AS l ON l.schema = 'main' AND l.name = m.name AND m.type = 'table'
  WHERE m.sql IS NOT NULL AND (substr(m.name, 1, 7) <> 'sqlite_' OR m.name = 'sqlite_sequence') ORDER BY m.rowid`;

/** The ids that tables with AUTOINCREMENT assigned. SQLite creates it with the first of them. */
export const SEQUENCES = 'sqlite_sequence';

/** Names of the row id. A column of the same name hides one. */
const ROW_ID_NAMES = ['_rowid_', 'rowid', 'oid'];

export interface SchemaItem {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
  /** Kind of a table: `table`, `virtual` or `shadow`, which stores the data of a virtual table. */
  readonly kind: string;
  readonly hasRowIds: boolean;
}

/** A table, and how its rows are read. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Name of the row id; undefined if the table has none, or columns with all of its names. */
  readonly rowId: string | undefined;
  /** Columns of the key of a table without row ids, by which its rows are sorted. */
  readonly key: readonly string[];
  /** The bytes in UTF-8 of a text of the table, of which these are the bytes. */
  readonly toUtf8: (bytes: Uint8Array) => Uint8Array;
}

/** Everything that a schema defines, in the order of its creation. */
export async function schemaOf(driver: IDataDriver): Promise<SchemaItem[]> {
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

/** Tables in the order of their creation, and last the ids that they assigned, which change as rows are inserted. */
const copiedItems = (items: readonly SchemaItem[]): SchemaItem[] => [
  ...items.filter((item) => isCopied(item) && item.name !== SEQUENCES),
  ...items.filter(({ name }) => name === SEQUENCES),
];

/** Rejects with `invalid_state` if a text has no form in UTF-8, so that another database could not store it. */
function decoderOf(encoding: string): CopiedTable['toUtf8'] {
  if (encoding === 'UTF-8') return (bytes) => bytes;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  return (bytes) => {
    try {
      return encoder.encode(decoder.decode(bytes));
    } catch {
      const message = `A text value of the database is not valid ${encoding}, the encoding of the database. Correct or delete it. Nothing was moved.`;
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

/** The tables whose rows are copied, in the order in which they are. */
export async function copiedTables(driver: IDataDriver): Promise<CopiedTable[]> {
  const { rows } = await driver.execute('SELECT encoding FROM temp.pragma_encoding');
  const toUtf8 = decoderOf(String(rows[0]?.encoding));
  const tables: CopiedTable[] = [];
  for (const item of copiedItems(await schemaOf(driver)))
    tables.push(await copiedTable(driver, item, toUtf8));
  return tables;
}
