import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { mapError } from '../connection/map-error.js';
import { NativeClient } from '../connection/native-client.js';
import { forgetPooledFile, pooledFile } from '../connection/pooled-file.js';
import { readTenantMarker } from '../connection/tenant-marker.js';
import { enterWalMode } from './copy-database.js';
import { createLocalLayout, DATABASE_SUFFIXES } from './local-layout.js';
import { syncDirectory } from './sync-directory.js';
import { syncFile } from './sync-file.js';
import { toFileError } from './to-file-error.js';

const BUSY_TIMEOUT_MS = 5_000;

export interface ImportDatabaseFileRequest {
  /** Data directory of the data plane. */
  readonly dir: string;
  /** Path of the SQLite or libSQL file to copy. It is only read. */
  readonly file: string;
  /** Name of the database in the data directory. */
  readonly databaseName: string;
  /**
   * Whether the registry has the tenant. A copy that was claimed for another one, and to which nothing was deployed, was left
   * by an adoption that failed, so it is replaced. If omitted, such a copy is kept.
   */
  readonly isRegistered?: (tenantId: string) => Promise<boolean>;
}

/** A database in the data directory that is a copy of a file elsewhere. */
export interface ImportedDatabaseFile {
  /** Deletes the copy, unless it was adopted meanwhile. */
  discard(): Promise<void>;
}

const HAS_DEPLOYMENT = `SELECT EXISTS (SELECT 1 FROM _os_deployment) AS deployed`;

/** Whether the copy belongs to a tenant, and is not what an adoption left that failed after claiming it. */
async function isAdopted(
  path: string,
  { isRegistered }: Pick<ImportDatabaseFileRequest, 'isRegistered'>,
): Promise<boolean> {
  if (!existsSync(path)) return false;
  const file = pooledFile(path, { refuseLinks: true });
  const marker = await readTenantMarker((statement) => file.execute(statement));
  if (!marker || !isRegistered) return marker !== null;
  const { rows } = await file.execute({ sql: HAS_DEPLOYMENT });
  return rows[0]?.deployed === 1 || isRegistered(marker.tenantId);
}

async function removeFiles(path: string): Promise<void> {
  await forgetPooledFile(path);
  for (const suffix of DATABASE_SUFFIXES) await rm(path + suffix, { force: true });
}

/** One committed state of the file, with its row ids. The journal mode of the file remains. */
function copyCommitted(file: string, target: string): void {
  const client = new NativeClient(file, { readonly: true, busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    client.execute({ sql: 'VACUUM INTO ?', args: [target] });
  } finally {
    client.close();
  }
}

function copyTo(file: string, target: string): void {
  try {
    copyCommitted(file, target);
    enterWalMode(target);
  } catch (error) {
    throw mapError(error);
  }
}

/**
 * Copies a database file to the data directory, so that `baselineTenant` can adopt the copy. A copy that was not adopted is
 * replaced; one that was is kept, so that the call can be repeated. Rejects with `database_not_found` and
 * `database_invalid` for the file, and with `database_busy` while another process writes it.
 */
export async function importDatabaseFile(request: ImportDatabaseFileRequest): Promise<ImportedDatabaseFile> {
  const { dir, file, databaseName } = request;
  const layout = createLocalLayout(dir);
  const target = layout.pathOf(databaseName);
  const discard = async () => {
    if (!(await isAdopted(target, request))) await removeFiles(target);
  };
  if (await isAdopted(target, request)) return { discard };
  const source = resolve(file);
  if (!existsSync(source))
    throw new ObjectStackError({
      code: 'database_not_found',
      message: 'The database file to copy does not exist. Check its path.',
      details: { databaseName },
    });
  const temporary = join(layout.databases, `${uuidv7()}.tmp`);
  try {
    await removeFiles(target);
    await mkdir(layout.databases, { recursive: true });
    copyTo(source, temporary);
    await syncFile(temporary);
    await rename(temporary, target);
    await syncDirectory(layout.databases);
    return { discard };
  } catch (error) {
    throw toFileError(error);
  } finally {
    for (const suffix of DATABASE_SUFFIXES) await rm(temporary + suffix, { force: true });
  }
}
