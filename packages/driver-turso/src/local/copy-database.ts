import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { constants, copyFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { NativeClient } from '../connection/native-client.js';
import { pooledFile } from '../connection/pooled-file.js';
import { createWholeFile, TEMPORARY } from './create-whole-file.js';
import { markAndSync } from './mark-and-sync.js';
import { syncFile } from './sync-file.js';

/*
 * A database that other processes write cannot be copied as a file: its pages and its log change independently, and
 * closing the copied file would release SQLite's locks. `VACUUM INTO` copies one committed state, with the row ids, but
 * takes time that grows with the data. So the result is kept as a snapshot that no connection ever opens; further copies
 * are plain copies of that file, until the database or its log changes.
 */

/** A file that changed less than this before it was read could change once more without a different timestamp. */
const TIMESTAMP_PRECISION_MS = 50;
const HOUR_MS = 3_600_000;

interface Version {
  readonly hash: string;
  /** Whether a later write certainly has another version. */
  readonly isSettled: boolean;
}

const statOrNull = (path: string) => statSync(path, { throwIfNoEntry: false }) ?? null;

/** Version of the database at the path; null if it does not exist. */
function versionOf(path: string): Version | null {
  const [file, log] = [statOrNull(path), statOrNull(`${path}-wal`)];
  if (!file) return null;
  const parts = [file, log && log.size > 0 ? log : null].flatMap((one) =>
    one ? [one.ino, one.size, one.mtimeMs] : [null],
  );
  const changedAt = Math.max(file.mtimeMs, log?.mtimeMs ?? 0);
  return {
    hash: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32),
    isSettled: Date.now() - changedAt > TIMESTAMP_PRECISION_MS,
  };
}

/** Copies are opened in WAL mode: setting it once here saves a write for each of them. */
export function enterWalMode(path: string): void {
  const client = new NativeClient(path);
  try {
    client.execute('PRAGMA journal_mode = WAL');
  } finally {
    client.close();
  }
}

/** Whether a file that is not complete, or its log, belongs to a process that has probably ended. */
function isAbandoned(path: string): boolean {
  const isTemporary = basename(path).includes(TEMPORARY);
  return isTemporary && Date.now() - (statOrNull(path)?.mtimeMs ?? 0) > HOUR_MS;
}

async function removeStale(directory: string, prefix: string, current: string): Promise<void> {
  for (const file of await readdir(directory)) {
    const path = join(directory, file);
    const isOutdated = file.startsWith(prefix) && file.endsWith('.db') && path !== current;
    if (isOutdated || isAbandoned(path)) await rm(path, { force: true });
  }
}

/** Deletes the snapshots of a database, which contain its data, and what processes that ended left. */
export async function removeSnapshots(snapshots: string, name: string): Promise<void> {
  const files = await readdir(snapshots).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const file of files) {
    const path = join(snapshots, file);
    if (file.startsWith(`${name}@`) || isAbandoned(path)) await rm(path, { force: true });
  }
}

/** Copies one committed state of the database to a new file. */
async function takeSnapshot(source: string, target: string): Promise<void> {
  await pooledFile(source, { refuseLinks: true }).execute({ sql: 'VACUUM INTO ?', args: [target] });
  enterWalMode(target);
}

export interface CopyRequest {
  /** Name of the database to copy. */
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** Directory of the snapshots, on the file system of the target. */
  readonly snapshots: string;
  /** Tenant whose marker replaces that of the database to copy, if that is its name. Absent: the marker is copied. */
  readonly tenantId?: string | undefined;
}

/**
 * Makes a temporary copy that no connection has opened, and may keep the snapshot that it is a copy of. Returns the path of
 * the snapshot if the copy is one of a snapshot that existed.
 */
async function copyToTemporary(
  { name, source, snapshots }: CopyRequest,
  temporary: string,
): Promise<string | null> {
  const before = versionOf(source);
  if (!before)
    throw new ObjectStackError({
      code: 'database_not_found',
      message: `Database ${name}, which is to be copied, does not exist. Create it first.`,
      details: { databaseName: name },
    });
  const prefix = `${name}@`;
  const snapshot = join(snapshots, `${prefix}${before.hash}.db`);
  const isCopied = await copyFile(snapshot, temporary, constants.COPYFILE_FICLONE).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (isCopied) return snapshot;
  await takeSnapshot(source, temporary);
  const after = versionOf(source);
  if (!before.isSettled || after?.hash !== before.hash) return null;
  const shared = `${temporary}-shared${TEMPORARY}`;
  await copyFile(temporary, shared, constants.COPYFILE_FICLONE);
  await syncFile(shared);
  await rename(shared, snapshot);
  await removeStale(snapshots, prefix, snapshot);
  return null;
}

/**
 * Copies the latest committed state of a database to a new file, which appears complete or not at all. Rejects with
 * `database_not_found` if the source is missing, and with the system error EEXIST if the target exists.
 */
export const copyDatabase = (request: CopyRequest): Promise<void> =>
  createWholeFile(request.target, {
    directory: request.snapshots,
    write: async (temporary) => {
      const snapshot = await copyToTemporary(request, temporary);
      await markAndSync(temporary, { ...request, snapshot });
    },
  });
