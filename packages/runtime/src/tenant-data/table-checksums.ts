import { createHash } from 'node:crypto';
import type { IDataDriver, SqlValue } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { type CopiedTable, copiedTables } from './copied-tables.js';
import { type ExactRow, pagesOf } from './exact-row.js';

/** Rows and their hash, by the names of the tables. */
export type TableChecksums = ReadonlyMap<string, { readonly rows: number; readonly checksum: string }>;

/** A text for each value that differs for different values. */
function textOf(value: SqlValue): string {
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  if (Object.is(value, -0)) return 'n-0';
  return typeof value === 'bigint' ? `n${value}` : `${(typeof value).charAt(0)}${value}`;
}

const textOfRow = ({ id, types, values }: ExactRow) =>
  JSON.stringify([id ?? null, types, ...values].map(textOf));

interface ReadOptions {
  /** Called before the rows of each table. */
  readonly onTable?: (table: CopiedTable) => Promise<void>;
  readonly onPage?: (table: CopiedTable, rows: readonly ExactRow[]) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** Reads every table that is copied, and returns what was read. */
export async function readTables(
  driver: IDataDriver,
  { onTable, onPage, signal }: ReadOptions,
): Promise<TableChecksums> {
  const checksums = new Map<string, { rows: number; checksum: string }>();
  for (const table of await copiedTables(driver)) {
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
