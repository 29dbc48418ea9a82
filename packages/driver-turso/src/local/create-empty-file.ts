import { readFile, rm, writeFile } from 'node:fs/promises';
import { NativeClient } from '../connection/native-client.js';
import { CREATE_SYSTEM_TABLES } from '../schema/create-system-tables.js';
import { addMarker } from './add-marker.js';
import { syncFile } from './copy-database.js';
import { createWholeFile } from './create-whole-file.js';
import { DATABASE_SUFFIXES, type LocalLayout } from './local-layout.js';

/** What a new database contains before its marker. */
type Kind = 'without tables' | 'with system tables';

const STATEMENTS: Record<Kind, readonly string[]> = {
  'without tables': [],
  'with system tables': CREATE_SYSTEM_TABLES,
};

/** The same for every new database of this process. */
const contents = new Map<Kind, Promise<Buffer>>();

/** Content of a database in WAL mode: switching to it costs each new file several waits for the disk. */
async function contentOf(kind: Kind, temporary: string): Promise<Buffer> {
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
    return await readFile(temporary);
  } finally {
    for (const suffix of DATABASE_SUFFIXES) await rm(temporary + suffix, { force: true });
  }
}

function sharedContent(kind: Kind, temporary: string): Promise<Buffer> {
  const known = contents.get(kind);
  if (known) return known;
  const content = contentOf(kind, temporary).catch((error) => {
    contents.delete(kind);
    throw error;
  });
  contents.set(kind, content);
  return content;
}

async function writeContent(temporary: string, tenantId: string | undefined): Promise<void> {
  const kind = tenantId === undefined ? 'without tables' : 'with system tables';
  await writeFile(temporary, await sharedContent(kind, `${temporary}-content.tmp`), { flag: 'wx' });
  if (tenantId !== undefined) addMarker(temporary, tenantId);
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
