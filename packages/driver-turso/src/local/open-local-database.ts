import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { closeLocalFile, localFile } from '../connection/local-pool.js';
import { toFileError } from './file-error.js';

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

/**
 * A libSQL file that is made if it is missing, for data that is not a tenant's. Throws `configuration_invalid` when its
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
  const file = localFile(path, { create: true, pinned: true });
  return {
    execute: (statement) => file.execute(statement),
    begin: () => file.begin(),
    close: () => closeLocalFile(path),
  };
}
