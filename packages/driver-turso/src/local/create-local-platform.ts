import { lstatSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CreateDatabaseRequest,
  ITursoPlatformService,
  TursoPlatformCapabilities,
} from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { limitConcurrency, notSupported, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import {
  addFileLimits,
  type FileLimits,
  FileLimitsReader,
  LIMITS_SUFFIX,
  NO_LIMITS,
  removeFileLimits,
  writeFileLimits,
} from '../connection/file-limits.js';
import { assertNoLink } from '../connection/local-client.js';
import { forgetPooledFile } from '../connection/pooled-file.js';
import { assertDatabaseName as assertName } from '../platform/assert-database-name.js';
import { assertPointInTime } from '../platform/assert-point-in-time.js';
import { assertSizeLimit } from '../platform/assert-size-limit.js';
import { canBeMarked } from './add-marker.js';
import { changeLimits } from './change-limits.js';
import { copyDatabase, removeSnapshots } from './copy-database.js';
import { createEmptyFile } from './create-empty-file.js';
import { ensureDirectory } from './ensure-directory.js';
import {
  DATABASE_SUFFIXES,
  DATABASE_EXTENSION as EXTENSION,
  type LocalLayout,
  localUrlOf,
} from './local-layout.js';
import { syncDirectory } from './sync-directory.js';
import { withFileErrors } from './to-file-error.js';

/** In this order, a retry of an interrupted move moves all of them. */
const FILE_SUFFIXES = [...DATABASE_SUFFIXES, LIMITS_SUFFIX];

const SUPPORTS: TursoPlatformCapabilities = {
  tokens: false,
  access: true,
  seed: true,
  sizeLimit: true,
  groups: false,
  retention: true,
  pointInTimeGapMs: null,
};

const hasCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

/** Limits the number of descriptors that concurrent calls have open. */
const withDescriptor = limitConcurrency(4);

const sync = (directory: string) => withDescriptor(() => syncDirectory(directory));

/** Size of the file in bytes; null when it does not exist. Symbolic links are not followed. */
function sizeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? null;
}

async function filesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
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

function notFound(name: string): ObjectStackError {
  return new ObjectStackError({
    code: 'database_not_found',
    message: `Database ${name} does not exist in the data directory. Restore it from a backup.`,
    details: { databaseName: name },
  });
}

type Directories = Pick<LocalLayout, 'databases' | 'quarantine' | 'snapshots' | 'pathOf'>;

/** Creates the file of a new database: empty, or a copy. */
async function createDatabaseFile({ pathOf, snapshots }: Directories, request: CreateDatabaseRequest) {
  const { name, seed, tenantId: given } = request;
  const tenantId = given !== undefined && canBeMarked(given) ? given : undefined;
  const target = pathOf(name);
  if (!seed) return withDescriptor(() => createEmptyFile(target, { snapshots, tenantId }));
  const source = pathOf(seed.name);
  assertNoLink(source);
  return withDescriptor(() => copyDatabase({ name: seed.name, source, target, snapshots, tenantId }));
}

/** Turso's Platform API on a local disk: each database is a file; deleting a database moves its file to quarantine. */
export function createLocalPlatform(directories: Directories): ITursoPlatformService {
  const { pathOf } = directories;
  const inTurn = limitConcurrency(1);
  /** One change at a time, so that none is lost. */
  const change = (name: string, limits: Partial<FileLimits>) =>
    inTurn(async () => {
      if (sizeOf(pathOf(name)) === null) throw notFound(name);
      await changeLimits(pathOf(name), limits);
      await sync(directories.databases);
    });
  const infoOf = (name: string): TursoDatabaseInfo => {
    const { blockReads, blockWrites } = new FileLimitsReader(pathOf(name)).read();
    return { name, dbId: name, url: localUrlOf(name), blockReads, blockWrites };
  };

  return Object.assign(
    withFileErrors<Omit<ITursoPlatformService, 'supports'>>({
      async createDatabase(request, options) {
        const { name, seed, sizeLimitBytes } = request;
        assertName(name);
        if (seed) assertName(seed.name);
        assertPointInTime(seed, SUPPORTS);
        assertSizeLimit(sizeLimitBytes);
        throwIfAborted(options?.signal);
        const path = pathOf(name);
        const isTaken = [path, join(directories.quarantine, name + EXTENSION)].map(sizeOf);
        if (isTaken.some((size) => size !== null)) throw alreadyExists(name);
        await ensureDirectory(directories.databases);
        const limits = sizeLimitBytes === undefined ? undefined : { ...NO_LIMITS, sizeLimitBytes };
        if (limits) await addFileLimits(path, limits);
        try {
          await createDatabaseFile(directories, request);
        } catch (error) {
          if (hasCode(error, 'EEXIST')) throw alreadyExists(name);
          throw error;
        }
        // Replaces those of an earlier file of this name. Not before: another call may have created the database meanwhile.
        await (limits ? writeFileLimits(path, limits) : removeFileLimits(path));
        await sync(directories.databases);
        return infoOf(name);
      },

      async deleteDatabase(name, options) {
        assertName(name);
        throwIfAborted(options?.signal);
        await forgetPooledFile(pathOf(name));
        await mkdir(directories.quarantine, { recursive: true });
        for (const suffix of FILE_SUFFIXES) {
          const file = name + EXTENSION + suffix;
          await rename(join(directories.databases, file), join(directories.quarantine, file)).catch(
            (error) => {
              if (!hasCode(error, 'ENOENT')) throw error;
            },
          );
        }
        await mkdir(directories.databases, { recursive: true });
        await Promise.all([sync(directories.databases), sync(directories.quarantine)]);
      },

      async purgeDatabase(name, options) {
        assertName(name);
        throwIfAborted(options?.signal);
        for (const suffix of FILE_SUFFIXES)
          await rm(join(directories.quarantine, name + EXTENSION + suffix), { force: true });
        await removeSnapshots(directories.snapshots, name);
      },

      async listDatabases() {
        const files = await filesIn(directories.databases);
        return files
          .filter((file) => file.endsWith(EXTENSION))
          .map((file) => infoOf(file.slice(0, -EXTENSION.length)))
          .sort((one, other) => (one.name < other.name ? -1 : 1));
      },

      async getDatabase(name) {
        assertName(name);
        const size = sizeOf(pathOf(name));
        if (size === null) return null;
        assertNoLink(pathOf(name));
        return infoOf(name);
      },

      async getDatabaseUsage(name) {
        assertName(name);
        const [file, log] = [sizeOf(pathOf(name)), sizeOf(`${pathOf(name)}-wal`)];
        if (file === null) throw notFound(name);
        return { rowsRead: null, rowsWritten: null, storageBytes: file + (log ?? 0) };
      },

      async setDatabaseAccess(name, { blockReads, blockWrites }, options) {
        assertName(name);
        throwIfAborted(options?.signal);
        await change(name, { blockReads, blockWrites });
      },

      async setSizeLimit(name, sizeLimitBytes, options) {
        assertName(name);
        assertSizeLimit(sizeLimitBytes);
        throwIfAborted(options?.signal);
        await change(name, { sizeLimitBytes });
      },

      createToken: async (name) => {
        throw notSupported('database_token', name);
      },
      revokeToken: async (name) => {
        throw notSupported('database_token', name);
      },
    }),
    { supports: SUPPORTS },
  );
}
