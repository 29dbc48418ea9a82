import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ITursoPlatformService } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { limitConcurrency, notSupported, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { assertNoLink } from '../connection/local-client.js';
import { forgetPooledFile } from '../connection/pooled-file.js';
import {
  assertDatabaseName as assertName,
  DATABASE_EXTENSION as EXTENSION,
  type LocalLayout,
  localUrlOf,
} from './local-layout.js';
import { withFileErrors } from './to-file-error.js';

/** The main file first: without it no client opens the other two, and a retry of an interrupted move moves them too. */
const FILE_SUFFIXES = ['', '-wal', '-shm'];

const hasCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

/** Limits the number of descriptors that concurrent calls have open. */
const withDescriptor = limitConcurrency(4);

const createFile = (path: string) => withDescriptor(async () => (await open(path, 'wx')).close());

const syncFolder = (folder: string) =>
  withDescriptor(async () => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });

/** Size of the file in bytes; null when it does not exist. Symbolic links are not followed. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function alreadyExists(name: string): ObjectStackError {
  return new ObjectStackError({
    code: 'database_exists',
    message: `Database ${name} exists, or was deleted and is in quarantine. Choose another name.`,
    details: { name },
  });
}

/** Turso's Platform API on a local disk: each database is a file; deleting a database moves its file to quarantine. */
export function createLocalPlatform(
  folders: Pick<LocalLayout, 'databases' | 'quarantine' | 'pathOf'>,
): ITursoPlatformService {
  const { pathOf } = folders;
  const infoOf = (name: string): TursoDatabaseInfo => ({ name, dbId: name, url: localUrlOf(name) });

  return withFileErrors<ITursoPlatformService>({
    async createDatabase({ name, seed }, options) {
      assertName(name);
      if (seed) throw notSupported('database_seed', name);
      throwIfAborted(options?.signal);
      if ((await sizeOf(join(folders.quarantine, name + EXTENSION))) !== null) throw alreadyExists(name);
      await mkdir(folders.databases, { recursive: true });
      try {
        await createFile(pathOf(name));
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
        throw alreadyExists(name);
      }
      await syncFolder(folders.databases);
      return infoOf(name);
    },

    async deleteDatabase(name, options) {
      assertName(name);
      throwIfAborted(options?.signal);
      await forgetPooledFile(pathOf(name));
      await mkdir(folders.quarantine, { recursive: true });
      for (const suffix of FILE_SUFFIXES) {
        const file = name + EXTENSION + suffix;
        await rename(join(folders.databases, file), join(folders.quarantine, file)).catch((error) => {
          if (!hasCode(error, 'ENOENT')) throw error;
        });
      }
      await mkdir(folders.databases, { recursive: true });
      await Promise.all([syncFolder(folders.databases), syncFolder(folders.quarantine)]);
    },

    async purgeDatabase(name, options) {
      assertName(name);
      throwIfAborted(options?.signal);
      for (const suffix of FILE_SUFFIXES)
        await rm(join(folders.quarantine, name + EXTENSION + suffix), { force: true });
    },

    async listDatabases() {
      const files = await filesIn(folders.databases);
      return files
        .filter((file) => file.endsWith(EXTENSION))
        .map((file) => infoOf(file.slice(0, -EXTENSION.length)))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },

    async getDatabase(name) {
      assertName(name);
      const size = await sizeOf(pathOf(name));
      if (size === null) return null;
      assertNoLink(pathOf(name));
      return infoOf(name);
    },

    async getDatabaseUsage(name) {
      assertName(name);
      const [file, log] = await Promise.all([sizeOf(pathOf(name)), sizeOf(`${pathOf(name)}-wal`)]);
      if (file === null)
        throw new ObjectStackError({
          code: 'database_not_found',
          message: `Database ${name} does not exist in the data folder. Restore it from a backup.`,
        });
      return { rowsRead: null, rowsWritten: null, storageBytes: file + (log ?? 0) };
    },

    createToken: async (name) => {
      throw notSupported('database_token', name);
    },
    revokeToken: async (name) => {
      throw notSupported('database_token', name);
    },
    setDatabaseAccess: async (name) => {
      throw notSupported('database_access', name);
    },
  });
}
