import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat, truncate } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataFormat } from './data-format.js';
import { readCompleteRecords } from './read-complete-records.js';

/** What the lines of an export depend on besides the records. */
export interface ExportRequest {
  readonly tenantId: string;
  readonly object: string;
  readonly format: DataFormat;
  readonly where: unknown;
}

/** Records that an interrupted export wrote. */
export interface WrittenRecords {
  readonly records: number;
  /** Id of the last one; undefined if there is none. */
  readonly lastId: string | undefined;
}

const NONE: WrittenRecords = { records: 0, lastId: undefined };
const HASH_LENGTH = 12;

/**
 * A file that appears when it is complete. Until then, the lines are in a file beside it, whose name depends on the request,
 * so that an export is never continued with other records.
 */
export class ResumableFile {
  readonly #partial: string;

  constructor(
    readonly file: string,
    readonly request: ExportRequest,
  ) {
    const { tenantId, object, format, where } = request;
    const facts = JSON.stringify([tenantId, object, format, where ?? null]);
    const hash = createHash('sha256').update(facts).digest('hex').slice(0, HASH_LENGTH);
    this.#partial = `${file}.${hash}.partial`;
  }

  /** Removes what an interrupted export left. */
  async discard(): Promise<void> {
    await rm(this.#partial, { force: true });
  }

  /** Finds what an interrupted export wrote, and removes a record that it did not write completely. */
  async resume(): Promise<WrittenRecords> {
    const size = (await stat(this.#partial).catch(() => undefined))?.size ?? 0;
    if (size === 0) return NONE;
    const found = await readCompleteRecords(createReadStream(this.#partial), this.request.format);
    if (found.records === 0) {
      await this.discard();
      return NONE;
    }
    await truncate(this.#partial, found.bytes);
    return found;
  }

  /** Appends the lines and gives the file its name. If that fails, what was written remains and can be resumed. */
  async write(lines: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
    await pipeline(Readable.from(lines), createWriteStream(this.#partial, { flags: 'a' }), { signal });
    const handle = await open(this.#partial, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(this.#partial, this.file);
  }
}
