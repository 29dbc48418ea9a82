import { mkdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { closePooledFile, pooledFile } from '../connection/pooled-file.js';
import { toFileError } from './to-file-error.js';

export interface LocalDatabaseOptions {
  /** Path of the file; it and its folder are made if they are missing. */
  readonly path: string;
}

/** Text that can be a path; or `configuration_invalid`. */
export function assertPath(value: unknown, option: string): asserts value is string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: `The option ${option} must be a path: text that is not empty and has no NUL character.`,
    details: { option },
  });
}

/** Makes a folder and its parents. Where the parent is there and refuses, Node's own recursive `mkdir` never returns. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

const MISSING =
  'The file does not exist any more. Stop every process that uses it and restore it from a backup.';

/** Faults of the file itself; the name tells them from those of a tenant's. */
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
 * A libSQL file that is made if it is missing when it is first used, for data that is not a tenant's. One that goes
 * missing later is not begun anew: an empty file in its place would hide the loss. Throws `configuration_invalid` when its
 * folder cannot be one, and `database_blocked` when its folder cannot be written.
 */
export function openLocalDatabase(options: LocalDatabaseOptions): SqlDatabase {
  const path = options?.path;
  assertPath(path, 'path');
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw toFileError(error);
  }
  const made = pooledFile(path, { create: true, pinned: true });
  const existing = pooledFile(path, { pinned: true });
  let isMade = false;
  const use = async <T>(work: (file: typeof made) => Promise<T>): Promise<T> => {
    try {
      const result = await work(isMade ? existing : made);
      isMade = true;
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
