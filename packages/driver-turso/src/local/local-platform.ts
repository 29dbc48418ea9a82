import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ITursoPlatformService } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import { forgetLocalFile } from '../connection/local-pool.js';
import { throwIfAborted } from '../connection/throw-if-aborted.js';

const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;
const EXTENSION = '.db';
/** The database first: without it nobody opens what is left, and a retry moves the rest after it. */
const FILE_SUFFIXES = ['', '-wal', '-shm'];

export interface LocalFolders {
  readonly databases: string;
  readonly quarantine: string;
}

const hasCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Bytes of the file, or null when there is none. */
async function sizeOf(path: string): Promise<number | null> {
  const file = await stat(path).catch(() => null);
  return file?.size ?? null;
}

function alreadyExists(name: string): ObjectStackError {
  return new ObjectStackError({
    code: 'database_exists',
    message: `Database ${name} exists, or existed.`,
    details: { name },
  });
}

function assertName(name: string): void {
  if (NAME_PATTERN.test(name)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'A database name has lower-case letters, digits and dashes, at most 63.',
  });
}

/** Turso's platform on a local disk: a database is a file, deleting it moves the file to quarantine. */
export function createLocalPlatform(folders: LocalFolders): ITursoPlatformService {
  const pathOf = (name: string) => join(folders.databases, name + EXTENSION);
  const infoOf = (name: string): TursoDatabaseInfo => ({
    name,
    dbId: name,
    url: pathToFileURL(pathOf(name)).href,
  });

  return {
    async createDatabase({ name, seed }, options) {
      assertName(name);
      if (seed) throw notSupported('database_seed', name);
      throwIfAborted(options?.signal);
      if ((await sizeOf(join(folders.quarantine, name + EXTENSION))) !== null) throw alreadyExists(name);
      await mkdir(folders.databases, { recursive: true });
      try {
        await (await open(pathOf(name), 'wx')).close();
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
      await forgetLocalFile(pathOf(name));
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
      const files = await readdir(folders.databases).catch(() => []);
      return files
        .filter((file) => file.endsWith(EXTENSION))
        .map((file) => infoOf(file.slice(0, -EXTENSION.length)));
    },

    async getDatabase(name) {
      assertName(name);
      const file = await stat(pathOf(name)).catch(() => null);
      return file && infoOf(name);
    },

    async getDatabaseUsage(name) {
      assertName(name);
      const [file, log] = await Promise.all([sizeOf(pathOf(name)), sizeOf(`${pathOf(name)}-wal`)]);
      if (file === null)
        throw new ObjectStackError({ code: 'database_not_found', message: `There is no database ${name}.` });
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
  };
}
