import { mkdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { closePooledFile, pooledFile } from '../connection/pooled-file.js';
import { toFileError } from './to-file-error.js';

export interface LocalDatabaseOptions {
  /** Path of the file. The file and its directory are created if they are missing. */
  readonly path: string;
}

/** Throws `configuration_invalid` unless the value can be a path. */
export function assertPath(value: unknown, option: string): asserts value is string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The option ${option} must be a path, for example ./data: a non-empty string without NUL characters.`,
    details: { option },
  });
}

/**
 * Creates a directory and its parents. Node's recursive `mkdir` never returns when an existing parent refuses the write.
 */
function makeDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent);
  try {
    mkdirSync(directory);
  } catch (error) {
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

const MISSING = 'The file no longer exists. Stop every process that uses it and restore it from a backup.';

/** Errors of the file itself. Its name is added, to distinguish them from errors of a tenant's file. */
const FILE_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'database_not_found',
  'database_invalid',
  'database_full',
]);

function withName(error: unknown, name: string): unknown {
  if (!ObjectStackError.isInstance(error) || error.details.reason !== undefined) return error;
  const { code, details } = error;
  if (!FILE_FAULTS.has(code)) return error;
  const message = code === 'database_not_found' ? MISSING : error.message;
  return new ObjectStackError({ code, message: `${name}: ${message}`, details: { ...details, file: name } });
}

/**
 * A libSQL file for data that belongs to no tenant, created on first use if it is missing. A file that disappears later
 * is not recreated: an empty file would hide the loss. Throws `configuration_invalid` when its directory cannot be a
 * directory, and `database_blocked` when its directory is not writable.
 */
export function openLocalDatabase(options: LocalDatabaseOptions): SqlDatabase {
  const path = options?.path;
  assertPath(path, 'path');
  try {
    makeDirectory(dirname(path));
  } catch (error) {
    throw toFileError(error, 'dir');
  }
  const creating = pooledFile(path, { create: true, pinned: true });
  const existing = pooledFile(path, { pinned: true });
  let isCreated = false;
  const use = async <T>(work: (file: typeof creating) => Promise<T>): Promise<T> => {
    try {
      const result = await work(isCreated ? existing : creating);
      isCreated = true;
      return result;
    } catch (error) {
      throw withName(error, basename(path));
    }
  };
  return {
    execute: (statement) => use((file) => file.execute(statement)),
    begin: () => use((file) => file.begin()),
    close: () => closePooledFile(path),
  };
}
