import { constants, copyFile, rm } from 'node:fs/promises';
import { replaceMarker } from './add-marker.js';
import { TEMPORARY } from './create-whole-file.js';
import { DATABASE_SUFFIXES } from './local-layout.js';
import { bytesOfFile, findMarker, type MarkerPlace, writeMarker } from './marker-place.js';
import { syncFile } from './sync-file.js';

/** Places of markers by the paths of snapshots, the content of which determines the path. */
const places = new Map<string, MarkerPlace | null>();
const MOST_PLACES = 100;

/**
 * Finds the marker in another copy, which is removed: the native library keeps a file open after it was closed, until the next
 * garbage collection, and the file of a tenant must not have a connection with another log.
 */
async function findInSnapshot(snapshot: string, copy: string): Promise<MarkerPlace | null> {
  const opened = `${copy}-opened${TEMPORARY}`;
  try {
    await copyFile(snapshot, opened, constants.COPYFILE_FICLONE);
    return findMarker(opened);
  } finally {
    for (const suffix of DATABASE_SUFFIXES) await rm(opened + suffix, { force: true });
  }
}

async function placeIn(snapshot: string, copy: string): Promise<MarkerPlace | null> {
  const known = places.get(snapshot);
  if (known !== undefined) return known;
  const place = await findInSnapshot(snapshot, copy).catch((error: NodeJS.ErrnoException) => {
    // Another process has replaced the snapshot since it was copied.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (place === undefined) return null;
  const [oldest] = places.keys();
  if (places.size >= MOST_PLACES && oldest !== undefined) places.delete(oldest);
  places.set(snapshot, place);
  return place;
}

interface MarkedCopy {
  /** Name of the database that was copied. */
  readonly name: string;
  /** Tenant whose marker replaces that of the database, if that is its name. Absent: the marker is copied. */
  readonly tenantId?: string | undefined;
  /** Path of the snapshot that was copied; null if there was none. */
  readonly snapshot: string | null;
}

/** Replaces the marker of a copy that no connection has open, and makes the copy durable. */
export async function markAndSync(copy: string, { name, tenantId, snapshot }: MarkedCopy): Promise<void> {
  if (tenantId === undefined) return syncFile(copy);
  const place = snapshot && (await placeIn(snapshot, copy));
  let isMarked = false;
  if (place && place.entry.text === name)
    await syncFile(copy, (file) => {
      isMarked = writeMarker(bytesOfFile(file), place, tenantId);
    });
  if (isMarked) return;
  replaceMarker(copy, { from: name, to: tenantId });
  await syncFile(copy);
}
