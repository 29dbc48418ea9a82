import type { Readable } from 'node:stream';
import type { DataFormat } from './data-format.js';

/** The complete records at the start of an export. */
export interface CompleteRecords {
  readonly records: number;
  /** Id of the last one; undefined if there is none. */
  readonly lastId: string | undefined;
  /** Number of bytes that they take, with the heading. */
  readonly bytes: number;
}

const NEW_LINE = 0x0a;
const QUOTE = 0x22;

/** The rows of an export with the position after each; the last one is left out unless it is complete. */
async function* completeRows(
  input: Readable,
  format: DataFormat,
): AsyncGenerator<[row: Buffer, end: number]> {
  let [rest, position, from, isQuoted] = [Buffer.alloc(0), 0, 0, false];
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (; from < rest.length; from++) {
      // A cell in quotes may contain a new line, and its own quotes are doubled. In JSON, new lines are escaped.
      if (format === 'csv' && rest[from] === QUOTE) isQuoted = !isQuoted;
      if (rest[from] !== NEW_LINE || isQuoted) continue;
      yield [rest.subarray(start, from), position + from + 1];
      start = from + 1;
    }
    position += start;
    from -= start;
    rest = rest.subarray(start);
  }
}

/** The first cell of a row, which contains the id. */
function firstCell(row: string): string {
  const [, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(row) ?? [];
  return quoted === undefined ? plain : quoted.replaceAll('""', '"');
}

function idOf(row: string, format: DataFormat): string | undefined {
  if (format === 'csv') return firstCell(row);
  try {
    const { id } = JSON.parse(row) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Reads an export up to its last complete record, in constant memory. A row that is no record ends it. */
export async function readCompleteRecords(input: Readable, format: DataFormat): Promise<CompleteRecords> {
  let found: CompleteRecords = { records: 0, lastId: undefined, bytes: 0 };
  let isHeading = format === 'csv';
  for await (const [row, end] of completeRows(input, format)) {
    if (isHeading) {
      isHeading = false;
      continue;
    }
    const lastId = idOf(row.toString('utf8'), format);
    if (lastId === undefined || lastId === '') break;
    found = { records: found.records + 1, lastId, bytes: end };
  }
  return found;
}
