import type { ArchiveSource } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { invalidArchive } from './invalid-archive.js';

/** A record at its maximum size, all of whose characters JSON escapes, fits into a line. */
const MAX_LINE_BYTES = 33_554_432;
const LINE_FEED = 10;

function tooLong(line: number): ObjectStackError {
  const message = `The line ${line} of the archive is longer than ${MAX_LINE_BYTES} bytes.`;
  return new ObjectStackError({ code: 'invalid_archive', message, details: { maximum: MAX_LINE_BYTES } });
}

/** The error of a source may contain anything, so that only the code of a system error is passed on. */
function unreadable(error: unknown): unknown {
  if (ObjectStackError.isInstance(error)) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = typeof code === 'string' && /^[A-Z][A-Z_]{1,40}$/.test(code) ? ` (${code})` : '';
  return new ObjectStackError({
    code: 'invalid_request',
    message: `Reading the archive failed${reason}. Pass an iterable of strings or bytes.`,
  });
}

async function* piecesOf(source: ArchiveSource): AsyncGenerator<string | Uint8Array> {
  try {
    yield* typeof source === 'string' ? [source] : source;
  } catch (error) {
    throw unreadable(error);
  }
}

/** The pieces as bytes. A text may end within a character that the next one completes. */
async function* bytesOf(source: ArchiveSource): AsyncGenerator<Buffer> {
  let carried = '';
  for await (const piece of piecesOf(source)) {
    if (typeof piece !== 'string') {
      if (!(piece instanceof Uint8Array))
        throw invalidArchive('The archive yields a value that is neither a string nor bytes.');
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      continue;
    }
    const text = carried + piece;
    const isSplit = /[\uD800-\uDBFF]$/.test(text);
    carried = isSplit ? text.slice(-1) : '';
    yield Buffer.from(isSplit ? text.slice(0, -1) : text);
  }
}

/** Lines of the source, each with its line feed, in constant memory. Rejects an end without a line feed. */
export async function* readLines(source: ArchiveSource): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  for await (const bytes of bytesOf(source)) {
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...parts, bytes.subarray(start, end + 1)]);
      [parts, length, start] = [[], 0, end + 1];
      line++;
    }
    if (start === bytes.length) continue;
    // The source may reuse its memory.
    parts.push(Buffer.from(bytes.subarray(start)));
    length += bytes.length - start;
    if (length > MAX_LINE_BYTES) throw tooLong(line);
  }
  if (length > 0) throw invalidArchive('The archive ends within a line.', line);
}
