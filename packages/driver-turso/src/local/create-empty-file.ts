import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { NativeClient } from '../connection/native-client.js';
import { CREATE_SYSTEM_TABLES } from '../schema/create-system-tables.js';
import { addMarker, insertMarker } from './add-marker.js';
import { createWholeFile } from './create-whole-file.js';
import { DATABASE_SUFFIXES, type LocalLayout } from './local-layout.js';
import { bytesOf, findMarker, type MarkerPlace, writeMarker } from './marker-place.js';
import { syncFile } from './sync-file.js';

/** What a new database contains. */
type Kind = 'without tables' | 'with system tables' | 'with a marker';

/** Marker of the content that all databases of tenants share. Its id has the length of those that a runtime creates. */
const SHARED_ID = 'a'.repeat(26);

const STATEMENTS: Record<Kind, readonly string[]> = {
  'without tables': [],
  'with system tables': CREATE_SYSTEM_TABLES,
  'with a marker': [...CREATE_SYSTEM_TABLES, insertMarker(SHARED_ID)],
};

interface Content {
  readonly bytes: Buffer;
  /** Where the marker is; null if there is none. */
  readonly place: MarkerPlace | null;
}

/** The same for every new database of this process. */
const contents = new Map<Kind, Promise<Content>>();

/** Content of a database in WAL mode: switching to it costs each new file several waits for the disk. */
async function contentOf(kind: Kind, temporary: string): Promise<Content> {
  try {
    const client = new NativeClient(temporary);
    try {
      client.executeAll([
        'PRAGMA journal_mode = WAL',
        ...STATEMENTS[kind],
        'PRAGMA wal_checkpoint(TRUNCATE)',
      ]);
    } finally {
      client.close();
    }
    const bytes = await readFile(temporary);
    return { bytes, place: kind === 'with a marker' ? findMarker(temporary) : null };
  } finally {
    for (const suffix of DATABASE_SUFFIXES) await rm(temporary + suffix, { force: true });
  }
}

function sharedContent(kind: Kind, temporary: string): Promise<Content> {
  const known = contents.get(kind);
  if (known) return known;
  const content = contentOf(kind, temporary).catch((error) => {
    contents.delete(kind);
    throw error;
  });
  contents.set(kind, content);
  return content;
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeContent(temporary: string, tenantId: string | undefined): Promise<void> {
  const content = (kind: Kind) => sharedContent(kind, `${temporary}-content.tmp`);
  if (tenantId === undefined) return writeDurably(temporary, (await content('without tables')).bytes);
  const { bytes, place } = await content('with a marker');
  const marked = Buffer.from(bytes);
  if (place && writeMarker(bytesOf(marked), place, tenantId)) return writeDurably(temporary, marked);
  await writeFile(temporary, (await content('with system tables')).bytes, { flag: 'wx' });
  addMarker(temporary, tenantId);
  await syncFile(temporary);
}

/**
 * Creates the file of a database, which appears complete or not at all: without tables or, if it is created for a tenant, with
 * the system tables and the marker of the tenant. Rejects with the system error EEXIST if it exists.
 */
export const createEmptyFile = (
  path: string,
  { snapshots, tenantId }: Pick<LocalLayout, 'snapshots'> & { readonly tenantId?: string | undefined },
): Promise<void> =>
  createWholeFile(path, { directory: snapshots, write: (temporary) => writeContent(temporary, tenantId) });
