import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { NativeClient } from '../connection/native-client.js';

/*
 * The ids of tenants that a runtime creates have the same length, and so do their timestamps. In the file of a database that
 * no connection has open, the marker is therefore replaced by other bytes at the same place: in the one row of its table, and
 * in the one entry of its index. Opening the file for a statement would cost several times as much.
 */

/** Where the only marker is stored in the file of a database, and what is stored there. */
export interface MarkerPlace {
  /** Id of the marker, followed by its timestamps, in the table. */
  readonly row: { readonly at: number; readonly text: string };
  /** Id of the marker in the index. */
  readonly entry: { readonly at: number; readonly text: string };
}

/** Access to the bytes of a database that no connection has open. */
export interface DatabaseBytes {
  read(at: number, length: number): Buffer;
  write(at: number, bytes: Buffer): void;
}

interface StoredMarker {
  readonly id: string;
  readonly times: string;
  readonly pageSize: number;
  /** Pages of the table and of its index, which are their only ones. */
  readonly pages: readonly number[];
}

const TIME_LENGTH = new Date(0).toISOString().length;
const MARKERS = 'SELECT id, created_at, updated_at FROM _os_tenant LIMIT 2';
const PAGES =
  "SELECT rootpage FROM sqlite_schema WHERE tbl_name = '_os_tenant' AND rootpage > 0 ORDER BY type DESC";

function storedMarker(path: string): StoredMarker | null {
  const client = new NativeClient(path);
  try {
    const [marker, another] = client.execute(MARKERS).rows;
    if (!marker || another) return null;
    const times = `${marker.created_at}${marker.updated_at}`;
    const pages = client.execute(PAGES).rows.map(({ rootpage }) => Number(rootpage));
    const [{ page_size: pageSize } = {}] = client.execute('PRAGMA page_size').rows;
    if (times.length !== 2 * TIME_LENGTH || pages.length !== 2) return null;
    return { id: String(marker.id), times, pages, pageSize: Number(pageSize) };
  } catch {
    return null;
  } finally {
    client.close();
  }
}

/** Offset of a text that the page contains exactly once. */
function offsetOf(bytes: DatabaseBytes, text: string, { page, size }: { page: number; size: number }) {
  const start = (page - 1) * size;
  const content = bytes.read(start, size);
  const at = content.indexOf(text);
  return at < 0 || content.includes(text, at + 1) ? null : start + at;
}

/** Finds the marker in the file of a database without a log; null if the database has not exactly one at a known place. */
export function findMarker(path: string): MarkerPlace | null {
  const marker = storedMarker(path);
  if (!marker) return null;
  const { id, times, pageSize: size, pages } = marker;
  const [table = 0, index = 0] = pages;
  const file = openSync(path, 'r');
  try {
    const bytes = bytesOfFile(file);
    const row = offsetOf(bytes, id + times, { page: table, size });
    const entry = offsetOf(bytes, id, { page: index, size });
    if (row === null || entry === null) return null;
    return { row: { at: row, text: id + times }, entry: { at: entry, text: id } };
  } finally {
    closeSync(file);
  }
}

/** Replaces the marker by that of the tenant, if it is at the place and its id has the same length. */
export function writeMarker(bytes: DatabaseBytes, { row, entry }: MarkerPlace, tenantId: string): boolean {
  const now = new Date().toISOString();
  const texts = [tenantId + now + now, tenantId].map((text) => Buffer.from(text));
  const pieces = [row, entry];
  const isThere = pieces.every(({ at, text }, index) => {
    const { length } = texts[index] as Buffer;
    return Buffer.byteLength(text) === length && bytes.read(at, length).equals(Buffer.from(text));
  });
  if (isThere) for (const [index, { at }] of pieces.entries()) bytes.write(at, texts[index] as Buffer);
  return isThere;
}

export const bytesOf = (content: Buffer): DatabaseBytes => ({
  read: (at, length) => content.subarray(at, at + length),
  write: (at, bytes) => {
    bytes.copy(content, at);
  },
});

/** The bytes of an open file. */
export const bytesOfFile = (file: number): DatabaseBytes => ({
  read(at, length) {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, at));
  },
  write(at, bytes) {
    let written = 0;
    while (written < bytes.length)
      written += writeSync(file, bytes, written, bytes.length - written, at + written);
  },
});
