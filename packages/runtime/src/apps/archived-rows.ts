import type { IBundleStore, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';

/** The content of a part of an archive. */
export interface ArchivedRows {
  readonly object: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** JSON has no integers beyond 2^53 and no bytes. */
const CellSchema = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.object({ integer: z.string().regex(/^-?\d{1,19}$/) }),
  z.object({ base64: z.string() }),
]);
type Cell = z.infer<typeof CellSchema>;

const RowsSchema = z.object({
  object: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.array(z.array(CellSchema)),
});

function encode(value: unknown): Cell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: String(value) };
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  return Number(value);
}

/** Whole numbers are bound as integers, which a column of real numbers converts. */
function decode(cell: Cell): SqlValue {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? BigInt(cell) : cell;
  if (cell === null || typeof cell === 'string') return cell;
  return 'integer' in cell ? BigInt(cell.integer) : new Uint8Array(Buffer.from(cell.base64, 'base64'));
}

/** The bytes of a part. Rows are read by column. */
export function encodeRows(
  object: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Uint8Array {
  const cells = rows.map((row) => columns.map((column) => encode(row[column] ?? null)));
  return new TextEncoder().encode(JSON.stringify({ object, columns, rows: cells }));
}

/** Throws `bundle_corrupt` if the bytes are not a part of an archive. */
export function decodeRows(bytes: Uint8Array, checksum: string): ArchivedRows {
  try {
    const { rows, ...rest } = RowsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { ...rest, rows: rows.map((row) => row.map(decode)) };
  } catch {
    throw new ObjectStackError({
      code: 'bundle_corrupt',
      message: 'The stored part of the archive is not valid in this release.',
      details: { checksum },
    });
  }
}

/** Reads parts of an archive. Rejects with `bundle_not_found` if one was removed. */
export async function readArchivedRows(
  bundles: Pick<IBundleStore, 'get'>,
  checksums: readonly string[],
): Promise<ArchivedRows[]> {
  const parts: ArchivedRows[] = [];
  for (const checksum of checksums) parts.push(decodeRows(await bundles.get(checksum), checksum));
  return parts;
}
