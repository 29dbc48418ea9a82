import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { closeLocalFile, localFile } from '../connection/local-pool.js';

export interface LocalDatabaseOptions {
  /** Path of the file; it and its folder are made if they are missing. */
  readonly path: string;
}

/** A libSQL file that is made if it is missing, for data that is not a tenant's. */
export function openLocalDatabase({ path }: LocalDatabaseOptions): SqlDatabase {
  mkdirSync(dirname(path), { recursive: true });
  const file = localFile(path, { create: true });
  return {
    execute: (statement) => file.execute(statement),
    begin: () => file.begin(),
    close: () => closeLocalFile(path),
  };
}
