import { replaceMarker } from './add-marker.js';
import { bytesOfFile, findMarker, type MarkerPlace, writeMarker } from './marker-place.js';
import { syncFile } from './sync-file.js';

/** Places of markers by the paths of snapshots, the content of which determines the path. */
const places = new Map<string, MarkerPlace | null>();
const MOST_PLACES = 100;

function placeIn(snapshot: string, copy: string): MarkerPlace | null {
  const known = places.get(snapshot);
  if (known !== undefined) return known;
  const [oldest] = places.keys();
  if (places.size >= MOST_PLACES && oldest !== undefined) places.delete(oldest);
  const place = findMarker(copy);
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
  const place = snapshot && placeIn(snapshot, copy);
  let isMarked = false;
  if (place && place.entry.text === name)
    await syncFile(copy, (file) => {
      isMarked = writeMarker(bytesOfFile(file), place, tenantId);
    });
  if (isMarked) return;
  replaceMarker(copy, { from: name, to: tenantId });
  await syncFile(copy);
}
